"""The published measures that an indicator may stand beside: a visible list.

Each says what the Department for Education publishes, of what kind it is, under which series the
loaded files hold it, and from which month on a page may know it. A series is written
`source:measure`, with what it is counted over in brackets where a file has several. Series that
stand side by side are alternatives, the best first: one that counts comes before one that LAIT
carries on. Series inside a sum are added together.

Sources: STATISTICS.md section 9 for the sums, MEASURES.md for what each measure means. LAIT's row
of England for first-time entrants to youth justice is on another scale than the others, so that
measure is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PublishedKind(StrEnum):
    """What a published number speaks of: events of a year, a number on a day, or a share alone."""

    FLOW = "flow"
    STOCK = "stock"
    SHARE = "share"


class How(StrEnum):
    """How a published number is made into what stands beside a month's figure.

    COUNT: a year's events / 12 / number of councils. STOCK: the number on the day / number of
    councils. RATE: the year's rate / 12. STOCK_RATE: the rate on the day. PERCENTAGE: as published,
    never divided. COMPLEMENT: 100 less the published percentage.
    """

    COUNT = "count"
    STOCK = "stock"
    RATE = "rate"
    STOCK_RATE = "stock-rate"
    PERCENTAGE = "percentage"
    COMPLEMENT = "complement"

    @property
    def is_share(self) -> bool:
        return self in (How.PERCENTAGE, How.COMPLEMENT)

    @property
    def is_number(self) -> bool:
        """A number of children or events: it depends on how large a council is."""
        return self in (How.COUNT, How.STOCK)


@dataclass(frozen=True, slots=True)
class StandsBeside:
    """What an indicator says of its published measure: which and how, and what that counts
    otherwise; or in `none` why there is no such measure."""

    measure: str = ""
    how: How | None = None
    differs: str = ""
    none: str = ""


Sum = tuple[str, ...]  # series that are added together


@dataclass(frozen=True, slots=True)
class PublishedMeasure:
    """`title` reads on from a number: "642,980 referrals in the year". `number` are alternatives
    for how many, `whole` for what a percentage is of; `rate` is per 10,000 children aged 0 to 17.
    A page may know a year from the month `out` of that year on. `stock` names the measure whose
    number a flow moves. `otherwise` are series that count the same thing in another unit, each with
    what it counts.
    """

    id: str
    title: str
    kind: PublishedKind
    publication: str
    out: int
    number: tuple[Sum, ...] = ()
    rate: tuple[str, ...] = ()
    percentage: tuple[str, ...] = ()
    whole: tuple[Sum, ...] = ()
    stock: str = ""
    otherwise: tuple[tuple[str, str], ...] = ()

    @property
    def series(self) -> tuple[str, ...]:
        """Every series that it may rest on."""
        sums = (*self.number, *self.whole)
        others = (name for name, _ in self.otherwise)
        every = (*(name for one in sums for name in one), *self.rate, *self.percentage, *others)
        return tuple(dict.fromkeys(every))

    def ways(self) -> tuple[How, ...]:
        """Every way in which it can be made into a month's equivalent."""
        ways: list[How] = []
        if self.kind is not PublishedKind.SHARE and (self.number or self.rate):
            flow = self.kind is PublishedKind.FLOW
            ways += [How.COUNT, How.RATE] if flow else [How.STOCK, How.STOCK_RATE]
        if self.percentage:
            ways += [How.PERCENTAGE, How.COMPLEMENT]
        return tuple(ways)


IN_NEED = "Characteristics of children in need"  # late in October
IN_CARE = "Children looked after in England"  # November; in 2020 December
NEET = "Participation in education, training and NEET age 16 to 17 by local authority"
_OCTOBER, _DECEMBER = 10, 12
_F, _S, _P = PublishedKind.FLOW, PublishedKind.STOCK, PublishedKind.SHARE

_STARTING = "[Children starting to be looked after each year]"
_CEASING = "[Children ceasing to be looked after each year]"
_LOOKED_AFTER = "[Children looked after on 31 March each year]"
_CONFERENCES: tuple[Sum, ...] = (
    ("c4:ICPC",),
    ("lait:10_ICPC", "lait:15_ICPC", "lait:20_ICPC", "lait:21_ICPC"),
)
_CEASED: tuple[Sum, ...] = ((f"cla:children_count{_CEASING}",), ("lait:LACceased",))

PUBLISHED: tuple[PublishedMeasure, ...] = (
    PublishedMeasure(
        "referrals", "referrals", _F, IN_NEED, _OCTOBER,
        number=(("c1:referral_count",), ("lait:CPP_Total_NumRef",)),
        rate=("lait:CPP_Total_Rateper10,000",),
        stock="children-in-need",
        otherwise=(("c1:referral_child_count", "children referred, each once a year"),),
    ),
    PublishedMeasure(
        "re-referrals", "referrals within 12 months of an earlier one", _F, IN_NEED, _OCTOBER,
        number=(("c1:rereferral_count",),),
        percentage=("c1:rereferral_percent", "lait:ReReferral"),
        whole=(("c1:referral_count",), ("lait:CPP_Total_NumRef",)),
        otherwise=(("c1:rereferral_child_percent", "children re-referred, each once a year"),),
    ),
    PublishedMeasure(
        "children-in-need", "children in need", _S, IN_NEED, _OCTOBER,
        number=(("b1:At31_episodes",),),
        rate=("lait:CIN",),
    ),
    PublishedMeasure(
        "assessments-within-45-days", "assessments completed within 45 working days", _P,
        IN_NEED, _OCTOBER,
        percentage=("lait:Continue_Assess_Comp",),
    ),
    PublishedMeasure(
        "section-47-enquiries", "section 47 enquiries", _F, IN_NEED, _OCTOBER,
        number=(("c4:Section47",),),
        rate=("lait:Section_47",),
        otherwise=(("c4:Section47_child", "children with an enquiry, each once a year"),),
    ),
    PublishedMeasure(
        "initial-conferences", "initial child protection conferences", _F, IN_NEED, _OCTOBER,
        number=_CONFERENCES,
        rate=("lait:ISCP_Conf",),
        stock="children-on-plans",
        otherwise=(("c4:ICPC_child", "children at a conference, each once a year"),),
    ),
    PublishedMeasure(
        "initial-conferences-on-time", "initial conferences held within 15 working days", _F,
        IN_NEED, _OCTOBER,
        number=(
            ("c4:Duration_0-10_days", "c4:Duration_11-15_days"),
            ("lait:10_ICPC", "lait:15_ICPC"),
        ),
        percentage=("lait:CP_conf_15days",),
        whole=_CONFERENCES,
    ),
    PublishedMeasure(
        "children-on-plans", "children on a child protection plan", _S, IN_NEED, _OCTOBER,
        number=(("lait:CPP_Num",),),
        rate=("lait:CPP_rate",),
    ),
    PublishedMeasure(
        "plans-started", "child protection plans started", _F, IN_NEED, _OCTOBER,
        number=(("d3:CPP_start",), ("lait:CPP_Abuse",)),
        rate=("lait:CPP_Abuse_Rate",),
        stock="children-on-plans",
    ),
    PublishedMeasure(
        "repeat-plans", "plans started for a child who had one before", _F, IN_NEED, _OCTOBER,
        number=(("d3:CPP_subsequent",), ("lait:ReRegCPR",)),
        percentage=("d3:CPP_subsequent_percent", "lait:PrevRegCPR"),
        whole=(("d3:CPP_start",), ("lait:CPP_Abuse",)),
        stock="children-on-plans",
    ),
    PublishedMeasure(
        "plans-ended", "child protection plans ended", _F, IN_NEED, _OCTOBER,
        rate=("lait:DeRegCPR",),
        stock="children-on-plans",
    ),
    PublishedMeasure(
        "looked-after-children", "children looked after", _S, IN_CARE, _DECEMBER,
        number=((f"cla:children_count{_LOOKED_AFTER}",), ("lait:LACnum",)),
        rate=(f"cla:rate_per_10000{_LOOKED_AFTER}", "lait:LAC"),
    ),
    PublishedMeasure(
        "started-to-be-looked-after", "children who started to be looked after", _F,
        IN_CARE, _DECEMBER,
        number=((f"cla:children_count{_STARTING}",), ("lait:LACnum_Start",)),
        rate=(f"cla:rate_per_10000{_STARTING}", "lait:LAC_Start_Rate"),
        stock="looked-after-children",
    ),
    PublishedMeasure(
        "ceased-to-be-looked-after", "children who ceased to be looked after", _F,
        IN_CARE, _DECEMBER,
        number=_CEASED,
        rate=(f"cla:rate_per_10000{_CEASING}", "lait:LAC_Cease_Rate"),
        stock="looked-after-children",
    ),
    PublishedMeasure(
        "adopted", "looked-after children adopted", _F, IN_CARE, _DECEMBER,
        number=(("lait:No_of LAC Adopted",),),
        percentage=("lait:%_of LAC Adopted",),
        whole=_CEASED,
        stock="looked-after-children",
    ),
    PublishedMeasure(
        "left-to-special-guardians", "children who left care to a special guardian", _F,
        IN_CARE, _DECEMBER,
        number=(("lait:LAC_ceased_SGO",),),
        percentage=("lait:LAC_ceased_SGO%",),
        whole=_CEASED,
        stock="looked-after-children",
    ),
    PublishedMeasure(
        "unaccompanied-children", "unaccompanied asylum-seeking children looked after", _S,
        IN_CARE, _DECEMBER,
        number=(("lait:Unacc_Asylmn_Seek_Childn",),),
        percentage=("lait:Unacc_Asylmn_Seek_Childn%",),
        whole=((f"cla:children_count{_LOOKED_AFTER}",), ("lait:LACnum",)),
    ),
    PublishedMeasure(
        "care-leavers-suitably-housed", "care leavers aged 19 to 21 in suitable accommodation", _P,
        IN_CARE, _DECEMBER,
        number=(("lait:NoCareLeaverAcc",),),
        percentage=("lait:CareLeaverAcc",),
        whole=(("lait:NoCareLeavers",),),
    ),
    PublishedMeasure(
        "neet-or-not-known", "young people aged 16 and 17 not in education, work or training, or "
        "whose activity is not known", _P, NEET, _OCTOBER,
        percentage=("lait:16-17_not known_NEET",),
    ),
)  # fmt: skip

BY_ID: dict[str, PublishedMeasure] = {one.id: one for one in PUBLISHED}
