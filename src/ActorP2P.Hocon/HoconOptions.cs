namespace ActorP2P.Hocon;

/// <summary>The bounds of one load of configuration, and its source of environment variables.</summary>
public sealed record HoconOptions
{
    /// <summary>The default options.</summary>
    public static HoconOptions Default { get; } = new();

    /// <summary>
    /// The most bytes of UTF-8 read from files, including included files, or characters of a text; more are refused. 64
    /// MiB is a thousand times the largest configuration that people maintain by hand, and is still parsed within
    /// seconds.
    /// </summary>
    public int MaxSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How deep objects and lists may be nested, as written and after substitution; deeper ones are refused. JSON
    /// libraries allow from 64 (System.Text.Json) to 1,000 (Jackson).
    /// </summary>
    public int MaxDepth { get; init; } = 1_000;

    /// <summary>
    /// Gives the value of a substitution that the configuration does not define, or null. By default it reads the
    /// environment variables of the process.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Is told each file before it is opened, by its full path, whether or not it exists.</summary>
    internal Action<string>? Opening { get; init; }

    /// <summary>
    /// Is told the place of each value that is assigned to a path, in the order of the text: of a path that is assigned
    /// twice, the last place counts. Values in lists have no path.
    /// </summary>
    internal Action<IReadOnlyList<string>, HoconPosition>? Assigned { get; init; }
}
