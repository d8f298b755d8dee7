"""Where the command writes records, and in what form: what the options say of it, checked together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cleaner.command.options import is_typed
from cleaner.command.output import (
    EXPLAINABLE,
    EXTENSION_IN_FOLDER,
    RECORDS,
    WITH_BLOCKS,
    Format,
    Style,
    compression_of,
    format_of,
    has_many,
    is_file,
    is_folder,
    opened_output,
    several_in_html,
)

if TYPE_CHECKING:
    from cleaner.batch.resume import Output
    from cleaner.inputs.read import InputList


# The formats in which an option makes sense.
FORMS_OF_OPTION = {
    "with_title": (Format.TEXT,),
    "with_header": (Format.TEXT,),
    "images": (Format.MARKDOWN, Format.HTML),
    "front_matter": (Format.MARKDOWN,),
}


class Target(NamedTuple):
    """Where records are written, and how.

    `output` is the argument of `-o`: `None` or `-` for standard output. Without a `form`, standard output has the form
    that suits the number of inputs.
    """

    output: str | None
    form: Format | None
    style: Style

    @classmethod
    def checked(cls, output: str | None, form: str | None, style: Style) -> Target:
        """Return the target for these options. Raises `click.UsageError` if they do not go together."""
        default = Format.JSON if is_folder(output) else format_of(output) if form is None else None
        target = cls(output, Format(form) if form else default, style)
        target._check()
        return target

    def _check(self) -> None:
        for option, suitable in FORMS_OF_OPTION.items():
            if self.form not in suitable and is_typed(option):
                raise click.UsageError(
                    f"--{option.replace('_', '-')} is for {' and '.join(suitable)}; "
                    f"use it with --format {suitable[0]} or -o FILE{EXTENSION_IN_FOLDER[suitable[0]]}"
                )
        if self.form is None:
            return
        if self.is_folder and self.form not in EXTENSION_IN_FOLDER:
            forms = ", ".join(EXTENSION_IN_FOLDER)
            raise click.UsageError(
                f"-o DIR/ writes one file for each article, as {forms}; for {self.form}, name a file with -o FILE"
            )
        if self.form is Format.PARQUET and (compression_of(self.output) or not is_file(self.output)):
            raise click.UsageError(
                "Parquet cannot be written to standard output, a pipe or a compressed file; use -o FILE.parquet"
            )
        for name in ("blocks", "comments"):
            if self.form not in RECORDS and is_typed(name):
                raise click.UsageError(
                    f"--{name} adds a field to records, and {self.form} has no place for it; choose json, jsonl or "
                    "parquet"
                )
        if self.form not in EXPLAINABLE and is_typed("explain"):
            raise click.UsageError(
                f"--explain cannot be used with {self.form.upper()}, which has no place for what was removed; "
                "choose another format, or use --report FILE"
            )

    def check_sources(self, sources: Sequence[str | InputList]) -> None:
        """Raise `click.UsageError` if the records of these sources cannot be written here."""
        if self.form is Format.HTML and not self.is_folder and has_many(sources):
            raise several_in_html()

    @property
    def is_folder(self) -> bool:
        return is_folder(self.output)

    @property
    def can_resume(self) -> bool:
        """Whether an interrupted run can go on."""
        lines = self.form is Format.JSONL and is_file(self.output) and compression_of(self.output) is None
        return lines or self.is_folder

    @property
    def lines(self) -> Path:
        """The file of JSON lines by which a run is resumed."""
        from cleaner.write.folder import MANIFEST

        path = Path(self.output or "")
        return path / MANIFEST if self.is_folder else path

    @property
    def left_out(self) -> list[str]:
        """The fields that records do not need here, of those that are made only if they are asked for."""
        needs_blocks = self.style.explain or self.style.blocks or self.form in WITH_BLOCKS
        needed = {"blocks": needs_blocks, "removed": self.style.explain}
        return [name for name, is_needed in needed.items() if not is_needed]

    @property
    def settings(self) -> dict[str, Any]:
        """What must be the same when a run is resumed."""
        return {"format": str(self.form), **self.style._asdict()} if self.is_folder else {}

    def open(
        self,
        sources: Sequence[str | InputList],
        options: Mapping[str, Any],
        *,
        resume: bool,
        retry_failed: bool,
        force: bool,
    ) -> AbstractContextManager[Output]:
        """Return the output, which the `with` statement opens. The parameters are as in `lines_output`."""
        if self.is_folder:
            from cleaner.command.folder import folder_output

            return folder_output(
                self.lines,
                sources,
                self.form or Format.JSON,
                self.style,
                options,
                resume=resume,
                retry_failed=retry_failed,
                force=force,
            )
        if self.can_resume:
            from cleaner.batch.resume import lines_output

            return lines_output(self.lines, options, resume=resume, retry_failed=retry_failed, force=force)
        return opened_output(self.output, sources, self.form, self.style)
