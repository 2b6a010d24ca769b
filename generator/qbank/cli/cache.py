"""`qbank cache`."""

from __future__ import annotations

import click

from qbank.cli.common import CACHE, cache_folder


@click.command("cache")
@click.option("--clear", is_flag=True, help="Forget everything.")
def command(clear: bool) -> None:
    """Show what is kept of earlier runs, or clear it."""
    from qbank.store import LIMIT, Store

    folder = cache_folder()
    if folder is None:
        click.echo(f"nothing is kept: {CACHE} is off")
        return
    try:
        with Store(folder) as store:
            if clear:
                store.clear()
            contents = store.contents()
    except OSError as error:
        raise click.ClickException(f"there is no cache in {folder}: {error.strerror or error}") from error
    click.echo(f"{folder}, at most {LIMIT / 1e6:,.0f} MB")
    for kind, (count, size) in contents.items():
        click.echo(f"{kind:10} {count:8,} {size / 1e6:10,.1f} MB")
    total = sum(size for _, size in contents.values())
    click.echo(f"{'all':10} {sum(count for count, _ in contents.values()):8,} {total / 1e6:10,.1f} MB")
