"""Alert rules."""

import msgspec
from msgspec import UNSET, Struct, UnsetType

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.resources.alerts.common import RENAMED, AlertVersions, given, not_found
from creditcurve.api.state import AppState
from creditcurve.domain.alert import Kind, Rule

_FIELDS = [field for field in msgspec.structs.fields(Rule) if field.name not in ("id", "kind")]

NewRule = msgspec.defstruct(
    "NewRule",
    [("kind", Kind), *((field.name, field.type, field.default) for field in _FIELDS)],
    namespace={"__doc__": "A rule to create, with the fields of its kind."},
    kw_only=True,
    frozen=True,
    forbid_unknown_fields=True,
    rename=RENAMED,
)
RulePatch = msgspec.defstruct(
    "RulePatch",
    [(field.name, field.type | UnsetType, UNSET) for field in _FIELDS],
    namespace={"__doc__": "Any subset of a rule's fields."},
    kw_only=True,
    frozen=True,
    forbid_unknown_fields=True,
    rename=RENAMED,
)


# Not a subclass of ``Rule``: inherited fields would keep their names.
RuleView = msgspec.defstruct(
    "RuleView",
    [("id", str), ("kind", Kind), *((field.name, field.type) for field in _FIELDS)],
    namespace={"__doc__": "A rule; the fields of other kinds are null."},
    kw_only=True,
    frozen=True,
    rename=RENAMED,
)


class RulesView(Struct, frozen=True, kw_only=True):
    """All rules, in the user's order."""

    rules: tuple[RuleView, ...]  # type: ignore[valid-type]  # made at run time
    versions: AlertVersions


async def read(app: AppState) -> RulesView:
    """Return the alert rules."""
    setup = app.store.alerts.setup
    return RulesView(
        rules=tuple(map(_rule_view, setup.rules)), versions=AlertVersions(alerts=setup.version)
    )


async def create(body: NewRule, app: AppState) -> RuleView:  # type: ignore[valid-type]  # made at run time
    """Create an alert rule."""
    rule = new_rule(body)
    return _rule_view(await app.commands.alerts.save_rule(rule))


@refuses(ProblemCode.NOT_FOUND)
async def change(rule: str, body: RulePatch, app: AppState) -> RuleView:  # type: ignore[valid-type]  # made at run time
    """Change any subset of a rule's fields; switched off, its episode ends."""
    after = msgspec.structs.replace(stored_rule(rule, app), **given(body))
    return _rule_view(await app.commands.alerts.save_rule(after))


@refuses(ProblemCode.NOT_FOUND)
async def delete(rule: str, app: AppState) -> None:
    """Delete an alert rule; its episodes remain in the list."""
    if not await app.commands.alerts.delete_rule(rule):
        raise not_found("rule")


def new_rule(body: NewRule) -> Rule:  # type: ignore[valid-type]  # made at run time
    """Return the rule that a body describes, without an id."""
    return Rule(id="", **msgspec.structs.asdict(body))


def stored_rule(rule: str, app: AppState) -> Rule:
    """Return a rule by its id.

    Raises:
        ProblemError: 404; there is none.
    """
    found = next((one for one in app.store.alerts.setup.rules if one.id == rule), None)
    if found is None:
        raise not_found("rule")
    return found


def _rule_view(rule: Rule) -> RuleView:  # type: ignore[valid-type]  # made at run time
    return RuleView(**msgspec.structs.asdict(rule))
