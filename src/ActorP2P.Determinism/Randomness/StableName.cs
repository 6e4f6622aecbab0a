namespace ActorP2P.Determinism;

/// <summary>Names of actors without the numbers that Akka counts over all systems of a process.</summary>
internal static class StableName
{
    // Akka names these "EventStreamUnsubscriber-NUMBER", with a number of the process.
    private const string Counted = "EventStreamUnsubscriber-";

    public static string Of(string path)
    {
        int at = path.IndexOf(Counted, StringComparison.Ordinal);
        return at < 0 ? path : path[..(at + Counted.Length)];
    }
}
