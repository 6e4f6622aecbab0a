namespace ActorP2P.Hocon;

/// <summary>The bounds of one load of configuration, and what lies outside its text.</summary>
public sealed record HoconOptions
{
    /// <summary>What holds unless something else is said.</summary>
    public static HoconOptions Default { get; } = new();

    /// <summary>
    /// Bytes of UTF-8 read from files, included ones counted in, or characters of a text; more are refused. 64 MiB: a thousand
    /// times the largest configuration that people keep by hand, and still parsed within seconds.
    /// </summary>
    public int MaxSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>Objects and lists within each other, as written and after substitution; deeper ones are refused. 1,000: JSON libraries
    /// stop at 64 (System.Text.Json) to 1,000 (Jackson).</summary>
    public int MaxDepth { get; init; } = 1_000;

    /// <summary>
    /// Where a substitution looks that the configuration does not answer: the value of a name, or null. The process's environment
    /// variables.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
