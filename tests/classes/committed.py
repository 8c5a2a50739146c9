"""What has to be true of the committed files."""

import json
import re
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import build
import files
from rules import CLASSES, classified, sources_of_read

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "src" / "api" / "curated" / "classes"
# How far back a weakening is looked for.
VERSIONS = 12


def git(*arguments):
    """What git prints, or None where it can't say."""
    try:
        run = subprocess.run(("git", "-C", ROOT, *arguments), capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return run.stdout.decode()


def committed_at(commit):
    """The classes and the rulings of a commit, or None if it hasn't both in the form of today."""
    found = []
    for name, read in (("classes.txt", files.classes), ("rulings.txt", files.rulings)):
        text = git("show", f"{commit}:{(FOLDER / name).relative_to(ROOT)}")
        if text is None:
            return None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(text)
            try:
                found.append(read(path))
            except files.Mistake:
                # It was written in another form then.
                return None
    return found


class Committed(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        # Reading them checks their form: sorted, each operation once, each reason a sentence.
        cls.classes = files.classes(FOLDER / "classes.txt")
        cls.rulings = files.rulings(FOLDER / "rulings.txt")
        cls.actions = files.actions(FOLDER / "actions.txt")

    def test_each_class_follows_from_its_evidence_or_a_ruling(self):
        for operation, (name, evidence) in self.classes.items():
            ruling = self.rulings.get(operation, (None,))[0]
            with self.subTest(operation):
                self.assertEqual(name, classified(evidence, ruling))
                self.assertEqual("ruled" in evidence, ruling is not None)

    def test_nothing_is_ruled_or_mapped_that_there_is_not(self):
        services = {operation.partition(":")[0] for operation in self.classes}
        known = services | set(self.classes)
        self.assertEqual({*self.rulings, *self.actions} - known, set())

    def test_a_read_has_two_sources_or_a_ruling(self):
        for operation, (name, evidence) in self.classes.items():
            if name == "read" and operation not in self.rulings:
                self.assertGreaterEqual(len(sources_of_read(evidence)), 2, operation)

    def test_they_are_those_of_the_pinned_botocore(self):
        pinned = re.search(r"^BOTOCORE=(.+)$", (ROOT / "tools/versions").read_text(), re.M)[1]
        head = (FOLDER / "classes.txt").read_text().split("\n", 1)[0]
        self.assertIn(f"of botocore {pinned};", head, "make classes makes them anew")

    def test_nothing_became_milder_without_a_ruling(self):
        paths = [str(FOLDER / name) for name in ("classes.txt", "rulings.txt")]
        log = git("log", f"-{VERSIONS}", "--format=%H", "--", *paths)
        if not log:
            self.skipTest("there is no history here")
        versions = [(self.classes, self.rulings), *map(committed_at, log.split())]
        versions = [version for version in versions if version]
        for (after, rulings), (before, _) in zip(versions, versions[1:]):
            self.assertEqual(list(build.weakened(before, after, rulings)), [])

    def test_built_in_operations_read_where_their_model_says_so(self):
        # The proxy goes by the trait of these models.
        for path in sorted((ROOT / "src/api/models").glob("*.json")):
            shapes = json.loads(path.read_text())["shapes"]
            service = next(shape for shape in shapes.values() if shape["type"] == "service")
            traits = service["traits"]
            folder = traits["aws.api#service"]["sdkId"].lower().replace(" ", "-")
            folder = traits.get("formsmith#name", folder)
            for target in (operation["target"] for operation in service["operations"]):
                if target not in shapes:
                    continue
                operation = f"{folder}:{target.partition('#')[2]}"
                reads = "smithy.api#readonly" in shapes[target]["traits"]
                self.assertEqual(self.classes[operation][0], "read" if reads else "write", operation)

    def test_the_readme_has_the_figures(self):
        readme = (FOLDER / "README.md").read_text()
        counts = Counter(name for name, _ in self.classes.values())
        ruled = Counter(name for name, _ in self.rulings.values())
        for name in CLASSES:
            line = next(line for line in readme.split("\n") if line.startswith(f"| `{name}` |"))
            self.assertTrue(line.endswith(f"| {counts[name]:,} | {ruled[name]:,} |"), line)
        agreeing = Counter(len(sources_of_read(evidence)) for _, evidence in self.classes.values())
        reading = Counter(
            len(sources_of_read(evidence)) for name, evidence in self.classes.values() if name == "read"
        )
        for count in range(6):
            line = next(line for line in readme.split("\n") if line.startswith(f"| {count} |"))
            self.assertEqual(line, f"| {count} | {agreeing[count]:,} | {reading[count]:,} |")
