"""Draws one chart: what to draw comes as JSON on standard input, the chart goes to standard output."""

import json
import sys

from service.drawing.openness import drawn

if __name__ == "__main__":
    wish = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(drawn(wish["report"], wish["language"], wish["form"]))
