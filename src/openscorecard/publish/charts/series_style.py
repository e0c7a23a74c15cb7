"""The style that a drawing carries with it where no page's stylesheet stands by.

The tokens are those of the published pages; the typeface is the reader's nearest.
"""

STYLE = """
svg{background:#fff}
text{font-family:"Source Sans 3","Segoe UI",Arial,sans-serif;
font-variant-numeric:tabular-nums lining-nums;fill:#10212b}
.t-s{font-size:14px;fill:#47565f}.t-m{font-size:15px}.t-b{font-size:15px;font-weight:650}
.t-h{font-size:18px;font-weight:700}
.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.g-band{fill:#dfe7ea}.g-edge,.g-axis{stroke:#6f7f88;fill:none}.g-grid{stroke:#d3dbdf;fill:none}
.g-break{stroke:#6f7f88;stroke-dasharray:2 3;fill:none}
.g-mean{stroke:#6f7f88;stroke-dasharray:3 3;fill:none}
.g-ref{stroke:#10212b;stroke-width:1.5;stroke-dasharray:1.5 4;stroke-linecap:round;fill:none}
.g-line{fill:none;stroke:#22343e;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.g-dot{fill:#22343e}.g-quiet{fill:#6f7f88}.g-ring{fill:#fff;stroke:#6f7f88;stroke-width:1.5}
.g-good{fill:#0a62a3;stroke:#fff;stroke-width:1}
.g-bad{fill:#b03c02;stroke:#fff;stroke-width:1}
.g-odd{fill:#5b3a8c;stroke:#fff;stroke-width:1}
"""
