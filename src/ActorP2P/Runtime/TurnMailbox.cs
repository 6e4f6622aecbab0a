using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P;

/// <summary>The mailbox of a <see cref="TurnActor"/>.</summary>
internal sealed class TurnMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<TurnQueue>
{
    private const string Id = "actorp2p.turn-mailbox";

    private static readonly Config s_reference = ConfigurationFactory.ParseString(
        $"{Id}.mailbox-type = \"{typeof(TurnMailbox).FullName}, {typeof(TurnMailbox).Assembly.GetName().Name}\"");

    /// <summary>Makes the mailbox known to a system; called for every system that a node lives in.</summary>
    public static void Register(ActorSystem system)
    {
        if (!system.Settings.Config.HasPath(Id))
        {
            system.Settings.InjectTopLevelFallback(s_reference);
        }
    }

    /// <summary>Props with this mailbox.</summary>
    public static Props Give(Props props) => props.WithMailbox(Id);

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new TurnQueue();
}
