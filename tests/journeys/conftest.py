"""The journeys assert in modules of their own: pytest shows there, too, what was compared."""

import pytest

pytest.register_assert_rewrite("tests.journeys.rest", "tests.journeys.graphql")
