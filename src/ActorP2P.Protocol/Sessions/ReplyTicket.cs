namespace ActorP2P.Protocol;

/// <summary>One response's claim on the <see cref="ReplyRoom"/>.</summary>
/// <param name="bytes">The room it needs.</param>
/// <param name="onGranted">Told when it had to wait and has its room now; by whoever made the room, from any thread.</param>
internal sealed class ReplyTicket(int bytes, Action onGranted)
{
    private volatile bool _isGranted;

    public int Bytes { get; } = bytes;

    public Action OnGranted { get; } = onGranted;

    public bool IsGranted
    {
        get => _isGranted;
        set => _isGranted = value;
    }
}
