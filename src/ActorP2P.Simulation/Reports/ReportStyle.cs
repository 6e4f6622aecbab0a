namespace ActorP2P.Simulation;

/// <summary>The styles of pages and pictures, which follow the reader's choice of light or dark.</summary>
internal static class ReportStyle
{
    /// <summary>The colours.</summary>
    public const string Colors = """
        :root { color-scheme: light dark; --paper: #fff; --ink: #1c2128; --dim: #636c76; --grid: #d9dee4;
          --c0: #0b63ce; --c1: #c2410c; --c2: #15803d; --c3: #7c3aed; --good: #15803d; --bad: #c2262e; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171c; --ink: #e3e7ec; --dim: #9aa4af;
          --grid: #323943; --c0: #6fb1ff; --c1: #ff9c5b; --c2: #6fd58a; --c3: #c4a1ff; --good: #6fd58a;
          --bad: #ff7b84; } }
        """;

    /// <summary>The styles of charts.</summary>
    public const string Charts = """
        i.c0, .line.c0 { color: var(--c0); } i.c1, .line.c1 { color: var(--c1); } i.c2, .line.c2 { color: var(--c2); }
        i.c3, .line.c3 { color: var(--c3); }
        text { fill: var(--dim); font-size: 11px; } .grid { stroke: var(--grid); }
        .line { fill: none; stroke: currentColor; stroke-width: 1.6; }
        .mark { stroke: var(--bad); stroke-dasharray: 3; }
        .dot, .bar { fill: var(--c0); }
        """;
}
