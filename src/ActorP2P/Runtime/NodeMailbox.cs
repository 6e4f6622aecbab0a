using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P;

/// <summary>
/// The mailbox of the node's actors: a <see cref="NodeQueue"/>, which ends turns if the actor is a
/// <see cref="TurnActor"/>.
/// </summary>
internal sealed class NodeMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<NodeQueue>
{
    private const string PlainId = "actorp2p.mailbox";
    private const string TurnId = "actorp2p.turn-mailbox";
    private const string TurnsKey = "tells-turns";

    private static readonly Config s_reference = ConfigurationFactory.ParseString($$"""
        {{PlainId}} { mailbox-type = "{{TypeName}}", {{TurnsKey}} = off }
        {{TurnId}} { mailbox-type = "{{TypeName}}", {{TurnsKey}} = on }
        """);

    private readonly bool _tellsTurns = config.GetBoolean(TurnsKey);

    private static string TypeName => $"{typeof(NodeMailbox).FullName}, {typeof(NodeMailbox).Assembly.GetName().Name}";

    /// <summary>
    /// Registers the mailbox with an actor system. It is called for every system that a node runs in.
    /// </summary>
    public static void Register(ActorSystem system)
    {
        if (!system.Settings.Config.HasPath(PlainId))
        {
            system.Settings.InjectTopLevelFallback(s_reference);
        }
    }

    /// <summary>Adds the mailbox that the type of actor needs to its props.</summary>
    public static Props Give(Props props) =>
        props.WithMailbox(props.Type.IsSubclassOf(typeof(TurnActor)) ? TurnId : PlainId);

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new NodeQueue(_tellsTurns);
}
