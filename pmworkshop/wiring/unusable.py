"""What a verb says when it was told something that is not there or not possible."""

from typing import Any

import click


class Unusable(click.ClickException):
    """Something asked for is not there or not possible: exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say so on stderr."""
        from pmworkshop.core.text import clean_line  # noqa: PLC0415  # rarely needed

        click.echo(f"pmworkshop: {clean_line(self.message)}", err=True, file=file)
