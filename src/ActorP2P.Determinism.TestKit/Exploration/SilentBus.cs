using Xunit.Abstractions;
using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Takes the messages of xunit about the many instances of one test, of which the user sees none.</summary>
internal sealed class SilentBus : IMessageBus
{
    public static SilentBus Instance { get; } = new();

    /// <inheritdoc/>
    public bool QueueMessage(IMessageSinkMessage message) => true;

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }
}
