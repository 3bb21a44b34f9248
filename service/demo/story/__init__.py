"""What a first start tells: from a framework for good leadership to a talent's first leader job, and the next call.

Every step is a real use case by somebody who may do it, on a day of the past year, so that the event feed tells the
story in its order (domain.md §1).
"""

from service.demo.story.afterwards import appoint_the_talent, complete
from service.demo.story.call import agree_on_good_leadership, open_first_call, open_second_call
from service.demo.story.cast import choose
from service.demo.story.secondment import secondment
from service.demo.story.selection import apply_and_nominate, assess, decide_and_answer
from service.demo.story.telling import Telling

BEGINS = 395
"""How many days before today the story begins."""


async def tell(told: Telling) -> None:
    """Tell it from its beginning to yesterday. Raises DomainError, and ValueError where time would go back."""
    cast = await choose(told.connection, told.organisation, told.today, told.day(BEGINS))
    framework = await agree_on_good_leadership(told, cast)
    first = await open_first_call(told, cast, framework)
    candidacies = await apply_and_nominate(told, cast, first)
    await assess(told, cast, first, candidacies)
    participations = await decide_and_answer(told, cast, first, candidacies)
    await secondment(told, cast, participations)
    await open_second_call(told, cast, framework)
    await complete(told, cast, first, participations)
    await appoint_the_talent(told, cast, participations)
