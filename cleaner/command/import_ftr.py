"""`cleaner rules import-ftr`: convert the files of ftr-site-config to site rules."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cleaner.command.console import UNREADABLE, in_a_line, say
from cleaner.write.files import naming


@click.command("import-ftr", short_help="Convert the files of ftr-site-config to site rules.")
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.")
def import_ftr(folder: Path, output: Path | None) -> None:
    """Convert the files example.org.txt in FOLDER, as ftr-site-config has them, to a file of site rules.

    strip and strip_id_or_class become drop, and body becomes body. Every other line is reported on standard error.
    """
    from cleaner.rules.ftr import convert

    try:
        conversion = convert(folder)
    except OSError as error:
        say(f"{error.filename or folder}: cannot be read: {(error.strerror or str(error)).lower()}")
        sys.exit(UNREADABLE)
    try:
        if output is None:
            click.echo(conversion.toml, nl=False)
        else:
            with naming(str(output)):
                output.write_text(conversion.toml, encoding="utf-8")
    except OSError as error:
        say(in_a_line(error))
        sys.exit(UNREADABLE)
    for note in conversion.notes:
        click.echo(str(note), err=True)
    ignored = sum(note.ignored for note in conversion.notes)
    say(
        f"{conversion.tables:,} sites with {conversion.selectors:,} selectors; "
        f"{len(conversion.notes) - ignored:,} lines were not converted, {ignored:,} were ignored"
    )
