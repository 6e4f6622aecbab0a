using Akka.Configuration;
using Akka.Dispatch;

namespace ActorP2P.Determinism.Tests;

/// <summary>A mailbox that delivers low numbers first.</summary>
public sealed class LowFirstMailbox(Settings settings, Config config) : UnboundedStablePriorityMailbox(settings, config)
{
    protected override int PriorityGenerator(object message) => message is int number ? number : int.MaxValue;
}
