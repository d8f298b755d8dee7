"""A folder as the output: one file for each article, named after its input, and a manifest of all inputs."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st
from programs import Program

from cleaner.command import app, console
from cleaner.write.folder import ArticleFolder
from cleaner.write.names import MAX_BYTES, MAX_PARTS, common_folder, file_name, safe_name

pytestmark = pytest.mark.usefixtures("loaded")

ROOT = Path(__file__).parent.parent
STORY = (
    "The ferry left the harbour of Lowmere an hour late on Tuesday, said Ada Reed, who has sold its tickets for years."
    "\n\n"
    "Nobody on the quay had been told why, and the café was shut. The next boat goes on Thursday, if the wind allows."
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app.command, arguments, prog_name="cleaner")


def write_texts(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(STORY)


def files(folder: str = "out") -> set[str]:
    """Return the files of the folder with articles, without the manifest and its run file."""
    found = {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}
    return found - {"manifest.jsonl", "manifest.jsonl.run.json"}


def manifest(folder: str = "out") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(folder, "manifest.jsonl").read_text().splitlines()]


class TestFiles:
    @pytest.mark.parametrize(
        ("options", "extension", "begins"),
        [
            ([], "json", '{\n  "id": null'),
            (["--format", "text"], "txt", STORY[:20]),
            (["--format", "markdown"], "md", STORY[:20]),
            (["--format", "html"], "html", "<!DOCTYPE html>"),
        ],
    )
    def test_formats(self, options: list[str], extension: str, begins: str) -> None:
        """Each article has a file in the chosen format, JSON by default, with the same content as for one page."""
        write_texts("pages/a.txt", "pages/b/c.txt")
        assert 0 == run("pages", "-o", "out/", *options).exit_code
        assert {f"a.{extension}", f"b/c.{extension}"} == files()
        content = Path(f"out/a.{extension}").read_text()
        assert begins == content[: len(begins)]
        run("pages/a.txt", "-o", f"one.{extension}", *options)
        assert without_time(Path(f"one.{extension}").read_text()) == without_time(content)

    def test_an_existing_folder_needs_no_slash(self) -> None:
        """A folder that exists is the output also without a slash; a new one without a slash is refused."""
        write_texts("a.txt")
        assert 2 == run("a.txt", "-o", "out").exit_code
        Path("out").mkdir()
        assert (0, {"a.json"}) == (run("a.txt", "-o", "out").exit_code, files())

    @pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
    def test_formats_of_many_are_refused(self, form: str) -> None:
        """A format that holds many records in a file is a usage error, and no folder is made."""
        write_texts("a.txt")
        result = run("a.txt", "-o", "out/", "--format", form)
        assert (2, ["a.txt"]) == (result.exit_code, os.listdir())
        assert f"for {form}, name a file with -o FILE" in result.stderr

    def test_manifest(self) -> None:
        """The manifest has a line for each input; those without an article have an error and no file."""
        write_texts("pages/a.txt")
        Path("pages/b.html").write_text("<h1>Page not found</h1>")
        Path("in.jsonl").write_text(json.dumps({"id": "x/7", "url": "https://town.example/s", "text": STORY}) + "\n")
        assert 1 == run("pages", "in.jsonl", "missing.txt", "-o", "out/").exit_code
        fields = ("input", "id", "url", "status", "file")
        expected = [
            ("pages/a.txt", None, None, "ok", "pages/a.json"),
            ("pages/b.html", None, None, "no_article", None),
            ("in.jsonl:1", "x/7", "https://town.example/s", "ok", "in-x-7.json"),
            ("missing.txt", None, None, "error", None),
        ]
        lines = manifest()
        assert expected == [tuple(line[name] for name in fields) for line in lines]
        assert [None, "no_article", None, "io_error"] == [(line["error"] or {}).get("code") for line in lines]
        assert {"pages/a.json", "in-x-7.json"} == files()

    def test_explain(self) -> None:
        """With `--explain`, the files show what was removed."""
        Path("page.html").write_bytes((ROOT / "fixtures" / "wordpress_jetpack.html").read_bytes())
        run("page.html", "-o", "out/", "--explain")
        assert json.loads(Path("out/page.json").read_text())["removed"]

    def test_a_report_beside_it(self) -> None:
        """`--report` takes nothing away from the articles."""
        Path("page.html").write_bytes((ROOT / "fixtures" / "wordpress_jetpack.html").read_bytes())
        run("page.html", "-o", "one/", "--format", "markdown")
        run("page.html", "-o", "two/", "--format", "markdown", "--report", "report.html")
        assert Path("one/page.md").read_text() == Path("two/page.md").read_text()
        assert "Crews of the Lowmere ferries" in Path("two/page.md").read_text()


def without_time(content: str) -> Any:
    if not content.startswith("{"):
        return content
    return json.loads(content) | {"elapsed_ms": None}


class TestNames:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"input": "/base/a/b.html"}, "a/b"),
            ({"input": "/base/a/b.HTML.gz"}, "a/b"),
            ({"input": "/base/../base/./a.php"}, "a.php"),
            ({"input": "/elsewhere/a.html"}, "elsewhere/a"),
            ({"input": "/base/in.jsonl:3", "input_hash": "0"}, "in-3"),
            ({"input": "/base/in.jsonl:3", "input_hash": "0", "id": 7}, "in-7"),
            ({"input": "/base/in.jsonl:3", "input_hash": "0", "id": "../../x"}, "in-..-..-x"),
            ({"input": "/base/a:3"}, "a-3"),
            ({"input": "-"}, "stdin"),
            ({"input": "-:2", "input_hash": "0"}, "stdin-2"),
            ({"input": "https://town.example/2024/05/ferry-strike.html"}, "town.example/2024/05/ferry-strike"),
            ({"input": "https://town.example:8080/"}, "town.example-8080/index"),
            ({"input": "https://user:secret@town.example"}, "town.example/index"),
            ({"input": "https://town.example/story.php?id=7&page=2"}, "town.example/story.php-id-7-page-2"),
            ({"input": "https://town.example/%D0%BC%D0%BE%D1%81%D1%82/a%2Fb"}, "town.example/мост/a-b"),
            ({"input": "https://town.example/../../etc/passwd"}, "town.example/_/_/etc/passwd"),
            ({"input": "https://town.example/" + "a/" * 30 + "story"}, "town.example/" + "a/" * 8 + "story"),
        ],
    )
    def test_after_inputs(self, record: dict[str, Any], expected: str) -> None:
        """A name is the path below the folder of all inputs, the host and path of a URL, or a line of a file."""
        assert expected == file_name({"id": None, "input_hash": None} | record, "/base")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Ferry strike", "Ferry-strike"),
            ("हिन्दी", "हिन्दी"),
            ("cafe\u0301", "caf\u00e9"),
            ("CON", "CON_"),
            ("nul.html", "nul.html_"),
            (".htaccess", "htaccess"),
            ("..", "_"),
            ("a\0b\nc:d|e", "a-b-c-d-e"),
            ("\udce9", "_"),
        ],
    )
    def test_safe_names(self, text: str, expected: str) -> None:
        """Characters and names that a file system may refuse are replaced; letters of all scripts stay."""
        assert expected == safe_name(text)

    @given(st.text() | st.text("/\\.:-~ %\0\u202eA", max_size=20))
    @example("\ud800" * 500)
    @example("длинное имя" * 50)
    def test_any_text_gives_a_safe_name(self, text: str) -> None:
        """Any text gives a name that is one part of a path, visible, and short enough for any file system."""
        name = safe_name(text)
        assert 0 < len(name.encode()) <= MAX_BYTES
        assert name not in (".", "..")
        assert name[0] not in ".- "
        assert not set('/\\:*?"<>|\0 \n\t%') & set(name)

    def test_long_names_stay_different(self) -> None:
        """Of two long names with the same beginning, each keeps a name of its own."""
        assert safe_name("a" * 500 + "1") != safe_name("a" * 500 + "2")

    @given(st.lists(st.text(), min_size=1, max_size=30), st.booleans())
    def test_any_input_gives_a_path_inside_the_folder(self, parts: list[str], is_url: bool) -> None:
        """No input leads out of the folder, or to a path that is too long."""
        name = ("https://town.example/" if is_url else "") + "/".join(parts)
        try:
            path = file_name({"input": name, "id": None, "input_hash": None}, "/base")
        except ValueError:  # the address, or the path, is not valid, so it has no article
            return
        assert len(path.split("/")) <= MAX_PARTS
        assert ".." not in path.split("/")
        assert not path.startswith("/")

    @pytest.mark.parametrize(
        ("sources", "expected"),
        [
            (["/a/b/c.html", "/a/d.html"], "/a"),
            (["/a/b/c.html"], "/a/b"),
            (["/a/b/c.html", "https://town.example/x", "-"], "/a/b"),
            (["/a/b/c.html", "/x/y.html"], "/"),
        ],
    )
    def test_common_folder(self, sources: list[str], expected: str) -> None:
        """The common folder contains all files; URLs and standard input do not count."""
        assert expected == common_folder(sources)

    def test_without_paths_it_is_the_current_folder(self) -> None:
        """If the only sources are lists and URLs, paths are relative to the current folder."""
        assert os.getcwd() == common_folder(["https://town.example/x"])


def record_of(name: str, index: int) -> dict[str, Any]:
    fields = dict.fromkeys(("id", "input_hash", "url", "page_kind", "error", "title"))
    return fields | {"input": name, "index": index, "status": "ok", "text": name, "removed_counts": {}}


class TestCollisions:
    def articles(self, *names: str) -> list[str]:
        """Return the names of the files that these inputs get."""
        Path("out").mkdir(exist_ok=True)
        folder = ArticleFolder(Path("out"), ".txt", os.getcwd(), lambda record: str(record["text"]))
        return [folder.write(record_of(name, index))["file"] for index, name in enumerate(names)]

    def test_equal_names(self) -> None:
        """If the name is taken, the number of the input follows it, and each file keeps its own content."""
        names = ["a.html", "a.txt", "a.html", "a-3.html"]
        found = self.articles(*names)
        assert ["a.txt", "a-2.txt", "a-3.txt", "a-3-4.txt"] == found
        assert names == [Path("out", file).read_text() for file in found]

    def test_other_files_are_kept(self) -> None:
        """A file that is not ours keeps its content."""
        Path("out").mkdir()
        Path("out/a.txt").write_text("mine")
        assert ["a-1.txt"] == self.articles("a.html")
        assert "mine" == Path("out/a.txt").read_text()

    def test_upper_and_lower_case(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a file system that takes upper and lower case for the same, no article overwrites another."""
        create = Path.open

        def open_folded(path: Path, mode: str = "r", **options: Any) -> Any:
            return create(path.with_name(path.name.lower()) if mode == "x" else path, mode, **options)

        monkeypatch.setattr(Path, "open", open_folded)
        assert ["story.txt", "story-2.txt"] == self.articles("Story.html", "STORY.html")

    def test_a_folder_with_the_name_of_a_file(self) -> None:
        """If a folder would have the name of a file, the slashes in the name become hyphens."""
        urls = ["https://t.example/a", "https://t.example/a.txt.txt/b", "https://t.example/a.txt/b"]
        Path("out/t.example").mkdir(parents=True)
        Path("out/t.example/a.txt.txt").write_text("mine")
        assert ["t.example/a.txt", "t.example-a.txt.txt-b.txt", "t.example-a.txt-b.txt"] == self.articles(*urls)
        long = "/".join(["b" * 140] * 5)
        (file,) = self.articles(f"https://t.example/a.txt/{long}")
        assert file.startswith("t.example-a.txt-bbb")

    def test_the_disk_is_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that cannot be written whole is removed, and the error names the folder."""

        Path("out").mkdir()
        write_texts("a.txt")
        monkeypatch.setattr("cleaner.write.folder.ArticleFolder._create", lambda self, record: FullFile("out/a.json"))
        result = run("a.txt", "-o", "out")
        assert (console.UNREADABLE, set()) == (result.exit_code, files())
        assert "out: cannot be written: no space left on device" in result.stderr


class FullFile:
    """A file on a full disk."""

    def __init__(self, name: str) -> None:
        self.name = name
        Path(name).write_text("")

    def __enter__(self) -> FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, text: str) -> None:
        raise OSError(28, "No space left on device")


class TestRuns:
    def test_nothing_is_overwritten_without_force(self) -> None:
        """A folder with the articles of an earlier run is refused, and stays as it is."""
        write_texts("a.txt", "b.txt")
        run("a.txt", "-o", "out/")
        before = Path("out/a.json").read_bytes()
        result = run("a.txt", "b.txt", "-o", "out/")
        assert (2, {"a.json"}) == (result.exit_code, files())
        assert "continue it with --resume, or replace them with --force" in result.stderr
        assert before == Path("out/a.json").read_bytes()

    def test_force_replaces_the_articles(self) -> None:
        """With `--force`, the files of the earlier run are removed, in any format, and no others."""
        write_texts("pages/a.txt", "pages/b/c.txt", "pages/d.txt")
        run("pages", "-o", "out/", "--format", "text")
        Path("out/b/mine.txt").write_text("mine")
        assert 0 == run("pages/a.txt", "pages/d.txt", "-o", "out/", "--force").exit_code
        assert {"a.json", "d.json", "b/mine.txt"} == files()
        assert ["a.json", "d.json"] == [line["file"] for line in manifest()]

    @pytest.mark.parametrize("name", ["../mine.txt", "{root}/mine.txt", "link/mine.txt"])
    def test_force_removes_nothing_outside(self, name: str, tmp_path: Path) -> None:
        """A manifest that names files outside the folder does not have them removed."""
        write_texts("a.txt")
        Path("mine.txt").write_text("mine")
        Path("out").mkdir()
        Path("out/link").symlink_to(tmp_path)
        line = {"input": "a.txt", "error": None, "file": name.format(root=tmp_path)}
        Path("out/manifest.jsonl").write_text(json.dumps(line) + "\n")
        assert 0 == run("a.txt", "-o", "out/", "--force").exit_code
        assert "mine" == Path("mine.txt").read_text()

    def test_another_manifest_is_kept(self) -> None:
        """A manifest.jsonl of another program is not overwritten, even with `--force`."""
        write_texts("a.txt")
        Path("out").mkdir()
        Path("out/manifest.jsonl").write_text('{"name": "a poem"}\n')
        for option in ([], ["--force"], ["--resume"]):
            assert 2 == run("a.txt", "-o", "out", *option).exit_code
        assert '{"name": "a poem"}\n' == Path("out/manifest.jsonl").read_text()

    def test_resume(self) -> None:
        """A resumed run skips the inputs in the manifest, and its exit code describes the whole folder."""
        write_texts("a.txt", "b.txt")
        assert 1 == run("a.txt", "missing.txt", "-o", "out/").exit_code
        before = Path("out/a.json").stat().st_mtime_ns
        result = run("a.txt", "missing.txt", "b.txt", "-o", "out/", "--resume")
        assert "cleaner: 3 inputs: 2 ok, 1 io_error (2 skipped)" in result.stderr
        assert (1, {"a.json", "b.json"}) == (result.exit_code, files())
        assert before == Path("out/a.json").stat().st_mtime_ns

    def test_retry_failed(self) -> None:
        """`--retry-failed` cleans inputs with a temporary failure again, and adds their articles."""
        write_texts("a.txt", "b.txt")
        run("a.txt", "-o", "out/")
        failure = {"code": "timeout", "message": "slow", "retryable": True}
        line = manifest()[0] | {"input": "b.txt", "index": 1, "status": "error", "error": failure, "file": None}
        with Path("out/manifest.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
        assert 0 == run("a.txt", "b.txt", "-o", "out/", "--retry-failed").exit_code
        assert ["a.json", "b.json"] == [line["file"] for line in manifest()]

    def test_another_format_is_not_mixed_in(self) -> None:
        """A run is not resumed in another format."""
        write_texts("a.txt", "b.txt")
        run("a.txt", "-o", "out/")
        result = run("a.txt", "b.txt", "-o", "out/", "--resume", "--format", "text")
        assert (2, {"a.json"}) == (result.exit_code, files())
        assert "format was 'json', now it is 'text'" in result.stderr

    def test_a_finished_run_is_noted(self) -> None:
        """The run file says that the run has finished, with its options, so that it is resumed with the same ones."""
        write_texts("a.txt")
        run("a.txt", "-o", "out/")
        noted = json.loads(Path("out/manifest.jsonl.run.json").read_text())
        assert ("json", {"ok": 1}) == (noted["options"]["format"], noted["summary"]["statuses"])
        assert noted["finished"]
        assert 0 == run("a.txt", "-o", "out/", "--resume").exit_code

    def test_killed_and_resumed(self) -> None:
        """After a kill, the resumed run has a line and a whole file for each input."""
        Path("in.jsonl").write_text("".join(json.dumps({"id": n, "text": STORY}) + "\n" for n in range(200)))
        command = [sys.executable, "-m", "cleaner", "in.jsonl", "-o", "out/"]
        with Program(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=PIPE) as process:
            while not (Path("out/manifest.jsonl").exists() and len(Path("out/manifest.jsonl").read_bytes()) > 5_000):
                time.sleep(0.01)
            process.kill()
        assert 0 == run("in.jsonl", "-o", "out/", "--resume").exit_code
        lines = manifest()
        assert list(range(200)) == sorted(line["id"] for line in lines)
        assert all(json.loads(Path("out", line["file"]).read_text())["id"] == line["id"] for line in lines)

    def test_the_folder_is_not_read(self) -> None:
        """A folder inside one that is read is refused, because its files would be inputs of the next run."""
        write_texts("pages/a.txt")
        result = run("pages", "-o", "pages/out/")
        assert (2, False) == (result.exit_code, Path("pages/out").exists())

    def test_a_file_in_its_place(self) -> None:
        """If the folder cannot be made, the command says so and ends with 3."""
        write_texts("a.txt", "b")
        for output, expected in (("b/", "it is a file, not a folder"), ("b/out/", "not a directory")):
            result = run("a.txt", "-o", output)
            assert console.UNREADABLE == result.exit_code
            assert f"cleaner: {output.rstrip('/')}: cannot be written: {expected}\n" == result.stderr
