using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P.Tests.Runtime;

/// <summary>
/// The node's mailbox, which also records what its actors receive: messages, and ends of turns that take a place of
/// their own.
/// </summary>
internal sealed class TracingMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<NodeQueue>
{
    private static readonly ConcurrentDictionary<string, List<string>> s_traces = new();

    private readonly bool _tellsTurns = config.GetBoolean("tells-turns");

    /// <summary>The configuration of a system whose nodes are traced.</summary>
    public static Config Traced { get; } = ConfigurationFactory.ParseString($$"""
        actorp2p.mailbox { mailbox-type = "{{TypeName}}", tells-turns = off }
        actorp2p.turn-mailbox { mailbox-type = "{{TypeName}}", tells-turns = on }
        """);

    private static string TypeName =>
        $"{typeof(TracingMailbox).FullName}, {typeof(TracingMailbox).Assembly.GetName().Name}";

    /// <summary>What the actors of a system have received so far, in order.</summary>
    public static List<string> TraceOf(string system) => s_traces.GetOrAdd(system, static _ => []);

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new TracingQueue(_tellsTurns, $"{owner.Path.Name.Split('-')[0]}", TraceOf(system.Name));

    private sealed class TracingQueue(bool tellsTurns, string owner, List<string> trace) : NodeQueue(tellsTurns)
    {
        public override bool TryDequeue(out Envelope envelope)
        {
            bool isGiven = base.TryDequeue(out envelope);
            if (isGiven)
            {
                trace.Add($"{owner} {envelope.Message.GetType().Name}");
            }

            return isGiven;
        }
    }
}
