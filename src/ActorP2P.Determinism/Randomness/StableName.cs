namespace ActorP2P.Determinism;

/// <summary>Names of actors without the numbers that Akka counts for all systems of a process.</summary>
internal static class StableName
{
    private static readonly string[] s_counted =
    [
        "EventStreamUnsubscriber-",
        "StreamSupervisor-",
        "/system/inbox-",
    ];

    /// <summary>The path or name without such a number.</summary>
    public static string Of(string path)
    {
        foreach (string counted in s_counted)
        {
            int at = path.IndexOf(counted, StringComparison.Ordinal);
            if (at >= 0)
            {
                int number = at + counted.Length;
                int end = number;
                while (end < path.Length && char.IsAsciiDigit(path[end]))
                {
                    end++;
                }
                return string.Concat(path.AsSpan(0, number), path.AsSpan(end));
            }
        }
        return path;
    }
}
