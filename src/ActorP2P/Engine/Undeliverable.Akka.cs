#if AKKA_ENGINE
namespace ActorP2P;

/// <summary>
/// A message that carries something which must not vanish with it. On Akka.NET <see cref="DeadLetterActor"/> tells it so; the own
/// engine has this interface itself.
/// </summary>
internal interface IUndeliverable
{
    /// <summary>Nobody will ever handle this message.</summary>
    void OnUndelivered();
}

/// <summary>Tells messages of the node that nobody will handle them, as long as its system lives: one for each system.</summary>
internal sealed class DeadLetterActor : UntypedActor
{
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    protected override void OnReceive(object message)
    {
        if (message is DeadLetter { Message: IUndeliverable undeliverable })
        {
            undeliverable.OnUndelivered();
        }
    }
}
#endif
