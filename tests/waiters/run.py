"""Compares how answers are judged here and by botocore's own waiters: python run.py PROGRAM [SERVICE …].

For every waiter that `make models` has, answers are drawn: outputs of its operation in which texts are
often those that it looks for, its errors and another, and its statuses. PROGRAM is the example `judge`
of formsmith-query."""

import json
import random
import subprocess
import sys
from pathlib import Path

from botocore.exceptions import WaiterError
from botocore.model import ServiceModel
from botocore.waiter import SingleWaiterConfig, Waiter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/botocore"))
from draw import Draw

SEED, DRAWS = 7, 40


def judged(facts, response):
    """What botocore makes of an answer."""
    once = SingleWaiterConfig({**facts, "maxAttempts": 1, "delay": 0})
    try:
        Waiter("any", once, lambda: response).wait()
    except WaiterError as ended:
        return "retry" if "Max attempts exceeded" in str(ended) else "failure"
    except Exception:
        # A query that asks for what can't be done with the answer ends it with an error of its own.
        return "not-understood"
    return "success"


def with_expected(value, texts, chance):
    if isinstance(value, dict):
        return {name: with_expected(it, texts, chance) for name, it in value.items()}
    if isinstance(value, list):
        return [with_expected(it, texts, chance) for it in value]
    if isinstance(value, str) and texts and chance.random() < 0.6:
        return chance.choice(texts)
    return value


def answers(facts, shape, chance):
    """Each with its status: an output, or the code of an error."""
    expected = [it["expected"] for it in facts["acceptors"]]
    texts = [it for it in expected if isinstance(it, str)]
    statuses = [it for it in expected if isinstance(it, int) and not isinstance(it, bool)]
    for _ in range(DRAWS):
        # Of few texts, so that often all of a list are the same.
        few = chance.sample(texts, min(len(texts), chance.choice([1, 1, 2])))
        output = with_expected(Draw(chance, is_answer=True).of(shape), few, chance)
        # botocore takes a member of this name for an error of the service.
        output.pop("Error", None)
        yield 200, {"output": json.loads(json.dumps(output, allow_nan=False))}
    for status in {400, *(it for it in statuses if it >= 300)}:
        for code in [*texts, str(status), "SomethingElse"]:
            yield status, {"error": code}


def main():
    program, *only = sys.argv[1:]
    chance = random.Random(SEED)
    asked, theirs = [], []
    waiters = 0
    for file in sorted((ROOT / "models/services").glob("*/waiters.json")):
        service = file.parent.name
        if only and service not in only:
            continue
        files = [ServiceModel(json.loads(it.read_bytes())) for it in file.parent.glob("[0-9]*.json") if it.stem.isdigit()]
        for name, facts in json.loads(file.read_bytes()).items():
            waiters += 1
            model = next(it for it in files if facts["operation"] in it.operation_names)
            shape = model.operation_model(facts["operation"]).output_shape
            for status, answer in answers(facts, shape, chance):
                response = {"ResponseMetadata": {"HTTPStatusCode": status}, **answer.get("output", {})}
                if "error" in answer:
                    response["Error"] = {"Code": answer["error"], "Message": ""}
                theirs.append((service, name, answer, judged(facts, response)))
                asked.append(json.dumps({"waiter": facts, "status": status} | answer))
    if not waiters:
        sys.exit("no waiters to compare: " + (" ".join(only) or "`make models` makes them"))
    told = subprocess.run([program], input="\n".join(asked), capture_output=True, text=True, check=True)
    ours = told.stdout.split()
    wrong = [(*it, own) for it, own in zip(theirs, ours, strict=True) if it[3] != own]
    for service, name, answer, expected, own in wrong[:20]:
        print(f"{service} {name}: botocore says {expected}, here it is {own}: {json.dumps(answer)[:300]}")
    kinds = {kind: sum(it[3] == kind for it in theirs) for kind in ("success", "failure", "retry", "not-understood")}
    print(f"{waiters} waiters, {len(ours)} answers: {kinds}")
    print(f"{len(ours) - len(wrong)} passed, {len(wrong)} failed: waiters")
    if not only and not (kinds["success"] and kinds["failure"]):
        sys.exit("no answer was a success, or none a failure: too little is compared")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
