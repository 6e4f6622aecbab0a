namespace ActorP2P.Determinism;

/// <summary>Names of actors without the numbers that Akka counts over all systems of a process.</summary>
internal static class StableName
{
    private static readonly string[] s_counted = ["EventStreamUnsubscriber-", "/system/inbox-"];

    public static string Of(string path)
    {
        foreach (string counted in s_counted)
        {
            int at = path.IndexOf(counted, StringComparison.Ordinal);
            if (at >= 0)
            {
                return path[..(at + counted.Length)];
            }
        }
        return path;
    }
}
