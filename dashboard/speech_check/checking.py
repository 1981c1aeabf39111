"""check(): a draft against the shared database, number by number, each verdict with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.address import href
from dashboard.exhibits.exhibit import View
from dashboard.fetch import Frame
from dashboard.sources import sentence, spans
from dashboard.speech_check import matching, reasons
from dashboard.speech_check.agreement import Compared, compare
from dashboard.speech_check.lexicon import Row, terms
from dashboard.speech_check.matching import Change, Match, Reading
from dashboard.speech_check.periods import Clock, Said, Span, default, periods
from dashboard.speech_check.places import Named, places
from dashboard.speech_check.quantities import PERCENT
from dashboard.speech_check.reasons import said, span_words
from dashboard.speech_check.values import Asked, Values, columns_of, figure_name, first_metric, is_share, under, written
from dashboard.speech_check.verdicts import Checked, Claim, Finding, Verdict
from data_access.context import same_day
from data_access.metrics.metric import Metric, Window
from data_access.origins import Origin, origin
from data_access.text import Text

BODY_NOUNS = ("委", "室", "中心")
STREET_LESS = frozenset({"E01.t", "L10.t", "B11"})  # subdistricts have no congress of their own


@dataclass(frozen=True)
class _Where:
    """Period and place of one number, and the words that said so."""

    span: Span
    when: Said | None
    codes: tuple[str, ...]
    named: Named | None


def check(connection: Connection, text: str, view: View, frame: Frame) -> Checked:
    """Hold every number of ``text`` against the figures under the draft's own periods and places.

    What the draft leaves unsaid is taken from the view. Nothing of the draft is kept.

    Raises:
        DatabaseProblem: The database cannot answer.
    """
    context = view.context
    clock = Clock(context.as_of, context.filters.years, frame.term_start)
    when, named = periods(text, clock), places(text, frame.townships, context.rules.region_word)
    aside = [(one.start, one.end) for one in when] + [(one.start, one.end) for one in named]
    made = matching.matches(text, aside)
    judge = _Judge(text, view, frame, clock, when, named)
    asked = [one for match in made for one in judge.asks(match)]
    values = Values.of(connection, context, asked)
    return Checked(text, tuple(Finding(match.quantity, judge.claims(match, values)) for match in made))


class _Judge:
    """Verdicts on the numbers of one draft under one view."""

    def __init__(
        self, text: str, view: View, frame: Frame, clock: Clock, when: Sequence[Said], named: Sequence[Named]
    ) -> None:
        self.text, self.view, self.frame, self.clock = text, view, frame, clock
        self.when, self.named = when, named

    def asks(self, match: Match) -> Iterable[Asked]:
        """Every value needed to judge a number."""
        where = self._where(match)
        if match.reason or self._fault(match, where):
            return
        for row in (row for reading in match.readings for row in reading.rows):
            for figure in (row.figure, *row.confusable, *(("P13",) if row.figure == "P12" else ())):
                yield from self._all(figure, where)
                if match.change is not Change.NONE and where.span.years[0] == where.span.years[1]:
                    yield from self._all(figure, self._year_before(where))

    def _all(self, figure: str, where: _Where) -> Iterable[Asked]:
        for column in columns_of(figure):
            yield Asked(column, where.span, where.codes)
            if where.codes:
                yield Asked(column, where.span, ())

    def claims(self, match: Match, values: Values) -> tuple[Claim, ...]:
        """What is said of a number: one claim for each figure it names."""
        where = self._where(match)
        if reason := match.reason or self._fault(match, where):
            return (self._unknown(match, where, reason),)
        return tuple(self._claim(match, reading, where, values) for reading in match.readings)

    # Period and place

    def _where(self, match: Match) -> _Where:
        """The last period said before a number in its paragraph; the last place named before it in its sentence."""
        place = match.quantity.start
        paragraph = self.text.rfind("\n", 0, place) + 1
        when = next((one for one in reversed(self.when) if paragraph <= one.start and one.end <= place), None)
        named = next((one for one in reversed(self.named) if match.sentence[0] <= one.start and one.end <= place), None)
        codes = named.codes if named and not named.fault else self.view.context.filters.townships
        return _Where(when.span if when and when.span else default(self.clock), when, codes, named)

    def _fault(self, match: Match, where: _Where) -> Text | None:
        if where.named and len(where.named.codes) > 1:
            between = self.text[where.named.end : match.quantity.start]
            if "分别" in between or "各" in between:
                return reasons.SHARED_OUT
        return (where.when.fault if where.when else None) or (where.named.fault if where.named else None)

    def _year_before(self, where: _Where) -> _Where:
        year = where.span.years[0]
        as_of = where.span.as_of
        # An unfinished year is compared with the same dates of the year before.
        cut = same_day(as_of, year - 1) if as_of.year == year else as_of
        return replace(where, span=Span((year - 1, year - 1), cut))

    # Verdicts

    def _claim(self, match: Match, reading: Reading, where: _Where, values: Values) -> Claim:
        made = [self._row(match, reading, row, where, values) for row in reading.rows]
        verdicts = {claim.verdict for claim in made}
        if len(made) == 1 or verdicts == {Verdict.AGREES}:
            return made[0]
        names = Text(
            "、".join(f"{claim.name.zh}（{claim.right.zh or '–'}）" for claim in made),
            ", ".join(f"{claim.name.en} ({claim.right.en or '–'})" for claim in made),
        )
        why = said(reasons.CANDIDATES, words=reading.words, names=names)
        # Wrong in every sense is wrong; right in one of them is not yet right.
        verdict = Verdict.DIFFERS if verdicts == {Verdict.DIFFERS} else Verdict.UNKNOWN
        right = names if verdict is Verdict.DIFFERS else Text("", "")
        return replace(made[0], name=_either(made), right=right, verdict=verdict, why=(why,))

    def _row(self, match: Match, reading: Reading, row: Row, where: _Where, values: Values) -> Claim:
        """A number held against one row of the lexicon."""
        metric = first_metric(row.figure)
        if metric is None:
            return self._unknown(match, where, reasons.NO_METRIC)
        led = self._led(match, reading, row)
        known = self._claim_frame(row, metric, where)
        if problem := self._no_figure(row, metric, match, where, values):
            return replace(known, why=(*led, problem))
        quantity = match.quantity
        right = self._right(match, row, where, values)
        known = replace(known, right=right)
        since = self.view.context.rules.since_cadre if metric.window is Window.SINCE else None
        if since and where.when and where.when.span and where.when.span.years[0] != since.year:
            other = reasons.SINCE_OTHER.filled(day=since, words=where.when.words)
            return replace(known, why=(*led, other))
        if quantity.value is None:
            blank = reasons.MASKED if quantity.is_masked else said(reasons.VAGUE, words=quantity.words)
            return replace(known, why=(*led, blank))
        held = self._held(match, row, where, values)
        why = [*led, *self._paper(metric, where), held.rule]
        if held.remark:
            why.append(held.remark)
        if held.agrees:
            return replace(known, verdict=Verdict.AGREES, why=(*why, *self._beside(row, where, values)))
        return replace(known, verdict=Verdict.DIFFERS, why=(*why, *self._instead(match, row, where, values)))

    def _claim_frame(self, row: Row, metric: Metric, where: _Where) -> Claim:
        context = replace(self.view.context, as_of=where.span.as_of)
        link = href(
            "/records",
            context,
            self.view.lang,
            plain_as_of=self.view.data_on,
            years=where.span.years,
            townships=where.codes,
            picks=(),
            metric=metric.key,
        )
        period, place = self._period(metric, where), self._place(where)
        return Claim(figure_name(row), period, place, Text("", ""), Verdict.UNKNOWN, (), link, metric.key)

    def _no_figure(self, row: Row, metric: Metric, match: Match, where: _Where, values: Values) -> Text | None:
        """Why there is nothing to hold a number against."""
        kinds = {town.kind for town in self.frame.townships if town.code in where.codes}
        if metric.key in STREET_LESS and kinds == {"STREET"}:
            return reasons.STREETS
        if gap := self._gap(metric, where):
            return gap
        if values.of_figure(row.figure, where.span, where.codes) is None:
            return reasons.NO_DATA
        if match.change is not Change.NONE:
            if where.span.years[0] != where.span.years[1]:
                return reasons.NOT_SUMMED
            before = self._year_before(where)
            earlier = values.of_figure(row.figure, before.span, before.codes)
            if gap := self._gap(metric, before):
                return gap
            return reasons.NO_DATA if earlier is None or (match.change is Change.GROWTH and not earlier) else None
        return None

    def _origin(self, metric: Metric, where: _Where) -> Origin:
        return origin(under(self.view.context, where.span, where.codes), metric)

    def _gap(self, metric: Metric, where: _Where) -> Text | None:
        """Which years nobody filled in: a sum without them would be no sum."""
        found = self._origin(metric, where)
        if found.is_missing:
            return reasons.NO_RECORDS
        return reasons.GAP.filled(years=spans(found.lacking)) if found.lacking else None

    def _actual(self, match: Match, row: Row, where: _Where, values: Values) -> Decimal:
        """The figure in the unit of the draft: percentages of 100, changes without their direction's sign."""
        now = values.of_figure(row.figure, where.span, where.codes)
        assert now is not None
        scale = 100 if match.quantity.unit in (PERCENT, "百分点") else 1
        if match.change is Change.NONE:
            return now * scale
        before = self._year_before(where)
        earlier = values.of_figure(row.figure, before.span, before.codes)
        assert earlier is not None
        change = (now - earlier) / earlier if match.change is Change.GROWTH else now - earlier
        return change * scale * (-1 if match.is_fall else 1)

    def _held(self, match: Match, row: Row, where: _Where, values: Values) -> Compared:
        parts = match.quantity.parts
        if not parts:
            return compare(match.quantity, self._actual(match, row, where, values))
        columns = [name for _, name in terms(row.figure)]
        held = [
            compare(match.quantity, values.of_figure(name, where.span, where.codes) or Decimal(0), part)
            for name, part in zip(columns, parts, strict=True)
        ]
        return replace(held[0], agrees=all(one.agrees for one in held))

    def _right(self, match: Match, row: Row, where: _Where, values: Values) -> Text:
        quantity = match.quantity
        if quantity.parts:
            found = [values.of_figure(name, where.span, where.codes) for _, name in terms(row.figure)]
            bodies = "".join(f"{number or 0:.0f}{noun}" for number, noun in zip(found, BODY_NOUNS, strict=True))
            return Text(bodies, bodies)
        actual = self._actual(match, row, where, values)
        if match.change is Change.NONE:
            return written(row.figure, actual, quantity)
        if round(actual / quantity.step) == 0:
            return reasons.SAME
        is_rise = (actual >= 0) != match.is_fall
        amount = written(row.figure, abs(actual), quantity)
        return said(reasons.ROSE if is_rise else reasons.FELL, words=amount)

    # Reasons

    def _led(self, match: Match, reading: Reading, row: Row) -> tuple[Text, ...]:
        unit = match.quantity.unit
        wording = (
            reasons.LED_BEFORE
            if reading.is_inherited
            else reasons.LED
            if unit and unit != reading.words
            else reasons.LED_BARE
        )
        led = said(wording, words=reading.words, unit=unit, name=figure_name(row, with_key=True))
        return (led, row.note) if row.note.zh else (led,)

    def _paper(self, metric: Metric, where: _Where) -> tuple[Text, ...]:
        """That a figure, or a part of it, stands on printed totals, and in which report."""
        found = self._origin(metric, where)
        return (Text(sentence(found, "zh"), sentence(found, "en")),) if found.paper else ()

    def _beside(self, row: Row, where: _Where, values: Values) -> tuple[Text, ...]:
        """A satisfied share never stands without what was not rated."""
        if row.figure != "P12":
            return ()
        rated = values.of_figure("P13.k", where.span, where.codes)
        replied = values.of_figure("P13.n", where.span, where.codes)
        left = int(replied - rated) if rated is not None and replied is not None else 0
        return (said(reasons.UNRATED, n=str(left)),) if left else ()

    def _instead(self, match: Match, row: Row, where: _Where, values: Values) -> tuple[Text, ...]:
        """Figures that a wrong number happens to equal."""
        quantity, made = match.quantity, []
        if match.change is not Change.NONE or quantity.parts:
            return ()
        scale = 100 if quantity.unit == PERCENT else 1
        if where.codes:
            district = values.of_figure(row.figure, where.span, ())
            if district is not None and compare(quantity, district * scale).agrees:
                whole = written(row.figure, district * scale, quantity)
                made.append(said(reasons.DISTRICT_SAME, value=whole))
        for figure in row.confusable:
            value = values.of_figure(figure, where.span, where.codes)
            if value is None or (quantity.unit == PERCENT) != is_share(figure):
                continue
            if compare(quantity, value * scale).agrees:
                name = figure_name(figure, with_key=True)
                made.append(said(reasons.SAME_AS, name=name, value=written(figure, value * scale)))
        return tuple(made)

    def _unknown(self, match: Match, where: _Where, reason: Text) -> Claim:
        none = Text("–", "–")
        return Claim(none, none, none, Text("", ""), Verdict.UNKNOWN, (reason,))

    def _period(self, metric: Metric, where: _Where) -> Text:
        words = span_words(metric, where.span, self.view.context.rules.since_cadre, self.clock.as_of)
        if where.when is None:
            return words if metric.window is not Window.FLOW else said(reasons.PAGE_YEARS, span=words)
        return said(reasons.SAID_YEARS, words=where.when.words, span=words)

    def _place(self, where: _Where) -> Text:
        names = {town.code: town.name for town in self.frame.townships}
        word = self.view.context.rules.region_word
        whole = reasons.WHOLE.filled(word=word)
        chosen = "、".join(names.get(code, code) for code in where.codes)
        place = Text(chosen, chosen) if chosen else whole
        if where.named is None:
            return said(reasons.PAGE_PLACE, place=place)
        return (
            place if where.named.words == place.zh else said(reasons.SAID_PLACE, words=where.named.words, place=place)
        )


def _either(claims: Sequence[Claim]) -> Text:
    return Text("／".join(claim.name.zh for claim in claims), " / ".join(claim.name.en for claim in claims))
