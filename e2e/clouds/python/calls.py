"""One line of JSON for each call of a client: its name, whether it passed, and what it answered or how it failed."""

import json
import sys


def settings():
    """What the suite tells: a JSON object on standard input."""
    return json.load(sys.stdin)


def tell(name, call):
    try:
        line = {"call": name, "ok": True, "answer": call()}
    except Exception as error:  # whatever a client throws is the outcome of that call
        line = {"call": name, "ok": False, "error": f"{type(error).__name__}: {error}"}
    print(json.dumps(line, default=str), flush=True)
