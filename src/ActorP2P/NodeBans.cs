using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Bans of nodes and networks by the program. <see cref="P2PNode.Bans"/> lists all bans.</summary>
public static class NodeBans
{
    /// <summary>
    /// Bans a node by its proven id, an address, a network or a name. Connections that the ban concerns are closed
    /// (<see cref="DisconnectReason.Banned"/>), no further ones are accepted, and none are dialled, also not for
    /// bootstrap nodes and handles. A new ban of the same target replaces the earlier one.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="target">
    /// Whom to ban: a <see cref="NodeId"/>, a <see cref="PeerAddress"/> (its host with all ports, of IPv6 the /64), or
    /// an <see cref="System.Net.IPNetwork"/>. Not this computer's own address, and not the node itself.
    /// </param>
    /// <param name="duration">How long, from now on: up to <see cref="Ban.Longest"/>, in whole milliseconds.</param>
    /// <param name="reason">
    /// Why, for people who read the list and the log; the banned node is not told. At most
    /// <see cref="Ban.MaxReason"/> bytes of UTF-8 without control characters.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the ban may hold nevertheless.</param>
    /// <returns>The ban. It holds, and the node's store has it if there is one.</returns>
    /// <exception cref="ArgumentException">An argument is not allowed; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">The program has banned as many as it may, 16,384.</exception>
    /// <exception cref="PeerStoreException">
    /// The ban holds, but the store has not taken it. Unless the store is full, it is offered again; it is lost if the
    /// node ends before.
    /// </exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<Ban> BanAsync(
        this P2PNode node, BanTarget target, TimeSpan duration, string reason = "",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        Ban ban = BanOf(node, target, duration, reason);
        cancellationToken.ThrowIfCancellationRequested();
        RequireRunning(node);
        TaskCompletionSource<Task> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Context.Manager.Tell(new ManagerMessages.SetBan(ban, done), ActorRefs.NoSender);
        Task stored = await done.Task.OrCancelled(cancellationToken);
        await stored.OrCancelled(cancellationToken);
        return ban;
    }

    /// <summary>Lifts the ban of exactly this target, whatever it comes from.</summary>
    /// <param name="node">The node.</param>
    /// <param name="target">Whom the ban concerns. A wider ban that concerns it too stays.</param>
    /// <param name="cancellationToken">Ends the wait; the ban may be lifted nevertheless.</param>
    /// <returns>Whether there was such a ban.</returns>
    /// <exception cref="PeerStoreException">
    /// The ban is lifted, but the store has not taken that; it is offered again, and the ban is back if the node ends
    /// before.
    /// </exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<bool> LiftBanAsync(
        this P2PNode node, BanTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(target);
        cancellationToken.ThrowIfCancellationRequested();
        RequireRunning(node);
        TaskCompletionSource<BanLifting> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Context.Manager.Tell(new ManagerMessages.LiftBan(target, done), ActorRefs.NoSender);
        BanLifting lifting = await done.Task.OrCancelled(cancellationToken);
        await lifting.Stored.OrCancelled(cancellationToken);
        return lifting.WasBanned;
    }

    private static Ban BanOf(P2PNode node, BanTarget target, TimeSpan duration, string reason)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(reason);
        if (duration < TimeSpan.FromMilliseconds(1) || duration > Ban.Longest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(duration), duration, $"{nameof(duration)} is {duration}; allowed: 1 ms to {Ban.Longest}.");
        }

        if (!PrintableText.IsPrintable(reason) || Encoding.UTF8.GetByteCount(reason) > Ban.MaxReason)
        {
            throw new ArgumentException(
                $"{nameof(reason)} is '{PrintableText.Of(reason, Ban.MaxReason)}'; allowed: at most {Ban.MaxReason} "
                + "bytes of UTF-8 without control characters.", nameof(reason));
        }

        if (target.Node is { } banned && (banned == node.Id || node.Settings.Encryption == Encryption.Off))
        {
            throw new ArgumentException(
                banned == node.Id
                    ? $"{nameof(target)} is this node; allowed: others."
                    : $"{nameof(target)} is the id of a node; allowed: addresses, because {nameof(Encryption)} is "
                        + $"{Encryption.Off} and so no id is proven.",
                nameof(target));
        }

        TimeSpan whole = TimeSpan.FromMilliseconds(duration.Ticks / TimeSpan.TicksPerMillisecond);
        return new Ban(target, BanKeeper.Clock(node.Context.TimeProvider), whole, reason, BanOrigin.Program);
    }

    private static void RequireRunning(P2PNode node)
    {
        if (node.IsOver)
        {
            throw new NodeStoppedException("The node has stopped.");
        }
    }
}
