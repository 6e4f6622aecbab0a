using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>
/// Receives the answer to an Ask in a step of its own. Several answers to one Ask keep their order, even if steps are
/// shuffled.
/// </summary>
internal sealed class SimulatedFutureRef<T>(
    TaskCompletionSource<T> result, ActorPath path, IActorRefProvider provider, SystemBinding binding)
    : FutureActorRef<T>(result, path, provider)
{
    private readonly Queue<Answer> _answers = [];
    private readonly Lane? _asker = binding.Exploring?.Now.Lane;

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (!binding.IsMine && !binding.Admits($"an answer of type {message?.GetType().Name ?? "null"}"))
        {
            return;
        }
        if (IsForTestKit(message) || !binding.World.IsRunning)
        {
            // The kit's Watch blocks until this answer, and its test actor answers inside the call. Outside
            // of a run, an actor can only answer inside the call, and the caller may rely on that.
            base.TellInternal(message!, sender);
            return;
        }
        _answers.Enqueue(new Answer(message!, sender, binding.Exploring?.Flow.Answer(_asker!, message!)));
        binding.Life.EnqueueBare(TakeAnswer);
    }

    private static bool IsForTestKit(object? message) =>
        message?.GetType().DeclaringType?.FullName == "Akka.TestKit.TestActor";

    private void TakeAnswer()
    {
        Answer answer = _answers.Dequeue();
        if (answer.Sent is { } sent)
        {
            binding.Exploring!.Flow.Answered(sent);
        }
        base.TellInternal(answer.Message, answer.Sender);
    }

    private readonly record struct Answer(object Message, IActorRef Sender, CausalEvent? Sent);
}
