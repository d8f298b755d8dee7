"""`cleaner clean`, the default command: clean pages and texts."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, ExitStack, closing
from datetime import date
from itertools import chain, starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.collection import collector_paused
from cleaner.command.config import config_options, log_config
from cleaner.command.console import UNREADABLE, in_a_line, say, set_up_logging
from cleaner.command.options import (
    NOT_STORED,
    Probability,
    SectionedCommand,
    discovering,
    fetching,
    is_typed,
    new_fetcher,
)
from cleaner.command.output import FORMAT_OF_EXTENSION, Format, Style, refuse_reading_the_output
from cleaner.command.progress import RunCounts, with_progress
from cleaner.command.report import no_records, with_report
from cleaner.command.rule_files import read_rules, rules_option, settings_of
from cleaner.command.stopping import GracefulStop
from cleaner.command.target import Target
from cleaner.command.terminal import on_terminal, terminal_view
from cleaner.models import Keep
from cleaner.write.files import naming

if TYPE_CHECKING:
    from cleaner.batch.resume import Output
    from cleaner.inputs.read import InputList

MAX_FOLLOWED = 100  # further pages of an article


class CleanCommand(SectionedCommand):
    """The command, which reads `--explain=all` as its hidden option `--unfolded`.

    click would take the source in `--explain page.html` for the value of an option whose value may be left out.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        for place, argument in enumerate(args[:end]):
            name, has_value, value = argument.partition("=")
            if name == "--explain" and has_value:
                if value != "all":
                    raise click.UsageError(f"{argument}: use --explain, or --explain=all to fold nothing", ctx)
                args = [*args[:place], "--unfolded", *args[place + 1 :]]
        return super().parse_args(ctx, args)


@click.command(cls=CleanCommand, short_help="Clean pages and texts (the default command).")
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option(
    "-i",
    "--input-list",
    "lists",
    metavar="LIST",
    multiple=True,
    help="Also clean the inputs in the file LIST: one URL or path per line (- for standard input).",
)
@click.option(
    "--discover",
    "sites",
    metavar="URL",
    multiple=True,
    help="Also clean the articles in the feeds and sitemaps of this site, as `cleaner discover` lists them; may be "
    "repeated.",
)
@discovering
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help=f"Write to FILE; its extension sets the format: {', '.join(FORMAT_OF_EXTENSION)}, and .gz or .zst after it "
    "compresses it. If FILE is a folder or ends with /, write one file for each article to it, named after the input.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    metavar="FORMAT",
    help=f"{', '.join(Format)}. On standard output, the default is json for a single page or text, jsonl for many.",
)
@click.option(
    "--report",
    metavar="FILE",
    help="Write an HTML page to FILE that shows every block, kept or removed, and why; if FILE ends with /, one for "
    "each input to that folder, and an index. Without -o and --format, nothing else is written.",
)
@click.option(
    "--all-fields",
    is_flag=True,
    help="On a terminal, print all fields of a single page's JSON, in the order of JSON lines, and not only those that "
    "are known.",
)
@click.option("--with-title", is_flag=True, help="Begin a text with the headline.")
@click.option("--with-header", is_flag=True, help="Begin a text with the headline, byline, date and address.")
@click.option("--images", is_flag=True, help="Add the pictures, with alt texts and captions, to Markdown or HTML.")
@click.option("--front-matter", is_flag=True, help="Begin Markdown with the metadata, as YAML.")
@click.option(
    "--blocks", is_flag=True, help="Add the blocks of the text to records: each heading, paragraph, list item."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Also show what was removed, and why. On a terminal, text and Markdown have one line for a run of menus, "
    "links and the like; --explain=all shows each block.",
)
@click.option("--unfolded", "explain_all", is_flag=True, hidden=True)
@click.option(
    "--comments", is_flag=True, help="Add the readers' comments that the page shows, with author, date, text and depth."
)
@click.option(
    "--keep",
    type=click.Choice([each.value for each in Keep]),
    default=Keep.BALANCED.value,
    show_default=True,
    help="How to treat uncertain blocks: keep more text, or remove more boilerplate.",
)
@click.option(
    "--any-page", is_flag=True, help="Treat every page as an article, including listings, shops and error pages."
)
@click.option(
    "--min-confidence",
    type=Probability(),
    default=0.0,
    metavar="P",
    help="Give articles with a confidence below P (0 to 1) the status unsure, and count them as failures.",
)
@rules_option
@click.option(
    "--without",
    metavar="ID",
    multiple=True,
    help="Do not use the rule ID (`cleaner rules` lists all); may be repeated.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Clean in N worker processes (default: one for each core)."
)
@click.option("--ordered", is_flag=True, help="Write all records in input order (default: only the first 100).")
@click.option(
    "--resume", is_flag=True, help="Continue the JSON lines in FILE, or a folder; skip inputs that have a record."
)
@click.option("--retry-failed", is_flag=True, help="Like --resume, but also retry temporary failures.")
@click.option("--force", is_flag=True, help="Resume with other options, or overwrite an unfinished run, or a folder.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors to standard error: no progress, no summary.")
@click.option("--summary", metavar="FILE", help="Write the counts of the run to FILE, as JSON.")
@click.option(
    "--follow-pages",
    type=click.IntRange(min=0, max=MAX_FOLLOWED),
    default=0,
    metavar="N",
    help="Fetch up to N further pages of an article that has several, and join them.",
)
@fetching
@config_options
@click.option("--debug", is_flag=True, help="Print log messages and tracebacks to standard error.")
def clean(
    sources: tuple[str, ...],
    lists: tuple[str, ...],
    sites: tuple[str, ...],
    since: date | None,
    max_articles: int | None,
    output: str | None,
    form: str | None,
    report: str | None,
    all_fields: bool,
    with_title: bool,
    with_header: bool,
    images: bool,
    front_matter: bool,
    blocks: bool,
    explain: bool,
    explain_all: bool,
    comments: bool,
    keep: str,
    any_page: bool,
    min_confidence: float,
    rule_files: tuple[str, ...],
    without: tuple[str, ...],
    jobs: int | None,
    ordered: bool,
    resume: bool,
    retry_failed: bool,
    force: bool,
    quiet: bool,
    summary: str | None,
    follow_pages: int,
    debug: bool,
    **options: Any,
) -> None:
    """Extract the article and its metadata from each page or text.

    SOURCE is a URL, a file (.html, .htm, .xhtml, .mhtml, .mht, .eml, .txt, .jsonl, .warc, .zip, or one of these with
    .gz, .bz2, .xz or .zst; any other file if its content is a page), a folder of such files, or - for standard input.
    A list of URLs may be a SOURCE, too; one with paths is given with -i.

    Cleaning a page may take 20 seconds and 1 GB of memory.

    `cleaner SOURCE...` does the same as `cleaner clean SOURCE...`.
    """
    if not sources and not lists and not sites:
        raise click.UsageError("no input: give a URL, a file or a folder, or a list of them with -i LIST")
    if not sites and any(map(is_typed, ("since", "max_articles"))):
        raise click.UsageError("--since and --max choose among the articles of a site: name it with --discover URL")
    if [*sources, *lists].count("-") > 1:
        raise click.UsageError("standard input (-) is given more than once, but can be read only once")
    refuse_reading_the_output([*sources, *lists], output)
    refuse_reading_the_output([*sources, *lists, *filter(None, [output])], report)
    explain = explain or explain_all
    view = terminal_view(output, explain_all=explain_all)
    style = Style(
        explain=explain,
        title=with_title,
        header=with_header,
        short=on_terminal(output) and not all_fields,
        blocks=blocks,
        comments=comments,
        images=images,
        front_matter=front_matter,
        folds=view.folds,
        colours=view.colours,
    )
    target = Target.checked(output, form, style)
    set_up_logging(debug)
    log_config()
    rules = read_rules(rule_files, without) if rule_files or without else None

    with collector_paused():
        from cleaner.batch.clean_many import Options, records
        from cleaner.batch.ordering import ReadyInput
        from cleaner.batch.resume import ResumeConflictError, finish
        from cleaner.inputs.notes import Notes
        from cleaner.inputs.read import InputList, read_inputs

    given: list[str | InputList] = [*sources, *map(InputList, lists)]
    # The output and the progress bar see a site as one more list, whose length is unknown.
    inputs = [*given, *map(InputList, sites)]
    fetcher = new_fetcher(**options)
    target.check_sources(inputs)
    resume = resume or retry_failed
    if resume and not target.can_resume:
        raise click.UsageError(
            "--resume needs -o FILE.jsonl or -o DIR/: other formats, compressed files and standard output cannot be "
            "resumed"
        )
    if resume and report:
        raise click.UsageError("--report cannot be used with --resume: it would lack the inputs of the earlier run")
    only_report = report is not None and output is None and form is None
    stored = {
        "explain": explain,
        "blocks": blocks,
        "comments": comments,
        "keep": keep,
        "any_page": any_page,
        "min_confidence": min_confidence,
        "follow_pages": follow_pages,
    }
    stored |= settings_of(rules)
    stored |= {name: value for name, value in options.items() if name not in NOT_STORED}
    stored |= target.settings
    counts = RunCounts()
    notes = Notes() if quiet else Notes(say)
    all_inputs = read_inputs(given, notes)
    if sites:
        from cleaner.command.discover import discovered_inputs
        from cleaner.discovery.discover import Wanted

        all_inputs = chain(all_inputs, discovered_inputs(sites, fetcher, Wanted(since, max_articles)))
    try:
        with GracefulStop() as stopping, ExitStack() as stack:
            out: AbstractContextManager[Output]
            if only_report:
                out = no_records()
            else:
                out = target.open(inputs, stored, resume=resume, retry_failed=retry_failed, force=force)
            if report is not None:
                out = with_report(out, report, inputs, target.left_out)
            write, done = stack.enter_context(out)
            counts.add_earlier(done)
            stopping.begin()
            results = records(
                counts.count_inputs(done.pending(starmap(ReadyInput, enumerate(all_inputs)))),
                Options(
                    explain or report is not None,
                    Keep(keep),
                    any_page,
                    rules,
                    min_confidence,
                    blocks="blocks" not in target.left_out,
                    comments=comments,
                ),
                jobs=jobs,
                ordered=ordered,
                follow_pages=follow_pages,
                fetcher=fetcher,
                stop=stopping.requested,
                own_process=True,
            )
            with closing(results):
                finished = counts.count_records(results)
                if not quiet:
                    finished = with_progress(finished, counts, done, inputs, report if only_report else output)
                for record in finished:
                    write(record)
            counts.close(done.skipped, stopping.exit_code, notes.skipped.total())
            if target.can_resume and not stopping.exit_code:
                finish(target.lines, stored, counts.summary())
    except ResumeConflictError as error:
        raise click.UsageError(str(error)) from error
    except BrokenPipeError:
        raise  # handled for all commands
    except OSError as error:
        if debug:
            raise
        say(in_a_line(error))
        sys.exit(UNREADABLE)
    counts.report_missing()
    if not quiet:
        counts.report()
        for message in notes.skipped.messages():
            say(message)
        if stopping.exit_code and (target.can_resume or counts.read > 1):
            say(_how_to_resume(output, target.can_resume))
    if summary:
        _write_summary(summary, counts)
    sys.exit(counts.exit_code)


def _how_to_resume(output: str | None, can_resume: bool) -> str:
    if can_resume:
        return f"{output}: run the same command with --resume to clean the remaining inputs"
    return "only -o FILE.jsonl and -o DIR/ can be resumed: use one of them, and after an interruption --resume"


def _write_summary(path: str, counts: RunCounts) -> None:
    from cleaner.write.record import to_json

    try:
        with naming(path):
            Path(path).write_text(to_json(counts.summary(), indent=2) + "\n")
    except OSError as error:
        say(in_a_line(error))
        sys.exit(UNREADABLE)
