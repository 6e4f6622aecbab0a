namespace ActorP2P.Actors;

/// <summary>Something planned that can be called off.</summary>
public interface ICancelable
{
    /// <summary>True once it was called off.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>Cancelled together with it.</summary>
    CancellationToken Token { get; }

    /// <summary>Calls it off.</summary>
    void Cancel();

    /// <summary>Calls it off after a while.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Calls it off; the flag says whether callbacks' exceptions stop further callbacks.</summary>
    void Cancel(bool throwOnFirstException);
}
