"""A folder as the output: a file for each article, and a manifest with a line for each input."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.command.output import EXTENSION_IN_FOLDER, Format, Style, one_article
from cleaner.write.folder import ArticleFolder
from cleaner.write.jsonl import JsonlFile
from cleaner.write.names import common_folder

if TYPE_CHECKING:
    from cleaner.batch.resume import Output
    from cleaner.inputs.read import InputList


@contextmanager
def folder_output(
    manifest: Path,
    sources: Sequence[str | InputList],
    form: Format,
    style: Style,
    options: Mapping[str, Any],
    *,
    resume: bool,
    retry_failed: bool,
    force: bool,
) -> Iterator[Output]:
    """Open the folder of the manifest, which is created if it does not exist.

    The articles of an earlier run are continued with `resume`, and replaced with `force`. `options` and `retry_failed`
    are as in `lines_output`.

    Raises `ResumeConflictError` if the folder holds the articles of an earlier run and neither is given, and what
    `lines_output` raises.
    """
    from cleaner.batch.resume import Output, ResumeConflictError, earlier_lines, lines_output

    folder = manifest.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, "it is a file, not a folder", str(folder)) from error
    base = common_folder(source for source in sources if isinstance(source, str))
    articles = ArticleFolder(folder, EXTENSION_IN_FOLDER[form], base, partial(one_article, form=form, style=style))
    if not resume and manifest.exists():
        if manifest.stat().st_size and not force:
            raise ResumeConflictError(
                f"{folder} holds the articles of an earlier run; continue it with --resume, or replace them with "
                "--force"
            )
        with JsonlFile(manifest):  # locked, so that no other run adds articles meanwhile
            articles.remove(earlier_lines(manifest))
    with lines_output(manifest, options, resume=resume, retry_failed=retry_failed, force=force) as (write_line, done):
        yield Output(lambda record: write_line(articles.write(record)), done)
