namespace ActorP2P.Actors;

/// <summary>Shorter ways to call things off.</summary>
public static class CancelableExtensions
{
    /// <summary>Calls it off unless it is null.</summary>
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}
