using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Asks the program whether to admit peers, outside of all actors. The callbacks that run at a time are bounded, those
/// counted whose time is over: a callback that never ends must not take all threads.
/// </summary>
internal sealed class AdmissionCalls(NodeContext node)
{
    private int _running;

    // As many as there are slots for handshakes may hang without keeping those from being asked about that have a slot.
    private int Most => 2 * node.Settings.MaxHalfOpen;

    /// <summary>
    /// Asks. The outcome is sent to the asker as <see cref="PeerMessages.AdmissionGiven"/>. Call it in an actor's turn.
    /// </summary>
    public AdmissionCall Ask(AdmissionCallback callback, Candidate candidate, IActorRef asker)
    {
        AdmissionCall call = new(node, candidate, asker);
        if (Interlocked.Increment(ref _running) > Most)
        {
            Interlocked.Decrement(ref _running);
            call.Fail(null, $"{Most} other callbacks have not ended");
            return call;
        }

        call.EndAfter(node.Settings.Access.AdmissionTimeout);
        _ = Task.Factory.StartNew(
            () => RunAsync(callback, call), CancellationToken.None, TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Current);
        return call;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every exception of the program's callback is a refusal.")]
    private async Task RunAsync(AdmissionCallback callback, AdmissionCall call)
    {
        try
        {
            call.Answer(await callback(node.Node, call.Candidate, call.CancellationToken));
        }
        catch (Exception exception)
        {
            call.Fail(exception, "it threw");
        }

        Interlocked.Decrement(ref _running);
    }
}
