namespace ActorP2P.Actors;

/// <summary>The dispatchers and mailboxes of one system, by the ids that Props name.</summary>
internal sealed class Dispatchers
{
    private const string DefaultDispatcher = "akka.actor.default-dispatcher";
    private const string DefaultMailbox = "akka.actor.default-mailbox";

    private readonly ActorSystem _system;
    private readonly MessageDispatcher _default;

    public Dispatchers(ActorSystem system)
    {
        _system = system;
        _default = system.Node is null ? new ThreadPoolDispatcher() : new SimulatedDispatcher(system.Node);
    }

    /// <exception cref="ConfigurationException">The Props name a dispatcher or mailbox that is not there.</exception>
    public Mailbox CreateMailbox(ActorCell cell, Props props)
    {
        MessageQueue? queue = props.Mailbox.Length == 0 ? null : FindMailbox(props.Mailbox).CreateQueue();
        return new Mailbox(cell, props.Dispatcher.Length == 0 ? _default : FindDispatcher(props.Dispatcher), queue);
    }

    private MessageDispatcher FindDispatcher(string id)
    {
        string? type = _system.Settings.Config.GetString($"{id}.type");
        bool pinned = type switch
        {
            "PinnedDispatcher" => true,
            "Dispatcher" or "TaskDispatcher" => false,
            null when id == DefaultDispatcher => false,
            null => throw new ConfigurationException($"There is no dispatcher {id}."),
            _ => throw new ConfigurationException($"The dispatcher {id} is of an unknown type {type}."),
        };
        // In a simulation there is one order for all, whatever thread production would use.
        return pinned && _system.Node is null ? new PinnedDispatcher() : _default;
    }

    private MailboxSetup FindMailbox(string id)
    {
        if (_system.Setup.Mailboxes.TryGetValue(id, out MailboxSetup? known))
        {
            return known;
        }
        Config section = _system.Settings.Config.GetConfig(id);
        if (id == DefaultMailbox)
        {
            return MailboxSetup.Unbounded;
        }
        return section.GetString("mailbox-type") switch
        {
            "unbounded" => MailboxSetup.Unbounded,
            "bounded" => MailboxSetup.Bounded(
                section.GetInt("mailbox-capacity", 1000),
                section.GetString("mailbox-overflow", "drop-newest") == "drop-oldest"
                    ? OverflowPolicy.DropOldest
                    : OverflowPolicy.DropNewest),
            null => throw new ConfigurationException($"There is no mailbox {id}."),
            string other => throw new ConfigurationException($"The mailbox {id} is of an unknown type {other}."),
        };
    }
}
