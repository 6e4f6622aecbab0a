namespace ActorP2P;

/// <content>Settings that change while the node runs.</content>
public sealed partial class P2PNode
{
    /// <summary>
    /// Applies settings to the running node. Those of <c>access</c>, <c>max-connections</c>, <c>max-half-open</c> and
    /// <c>request-timeout</c> hold when the task completes; connections that the new rules of access do not admit are
    /// closed (<see cref="DisconnectReason.NotAdmitted"/>), and fewer connections allowed close none. All others hold
    /// only for a node that is started with them.
    /// </summary>
    /// <param name="options">All settings of the node, also those that stay as they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The keys of the settings that differ from the node's and hold only after a restart, in the order of
    /// <c>reference.conf</c>. Rules about nodes are among them when the node runs without encryption.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The options are not allowed; the message says why. Nothing is changed.
    /// </exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(
        P2PNodeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        options.Validated();
        IReadOnlyList<string> needRestart = SettingChanges.NeedRestart(Context.Asked, options);
        if (Promises.Stopped.IsCompleted)
        {
            throw new NodeStoppedException("The node has stopped.");
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.Manager.Tell(new ManagerMessages.Apply(options, done), ActorRefs.NoSender);
        await done.Task.OrCancelled(cancellationToken);
        return needRestart;
    }
}
