using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Keeps the failure that xunit reports.</summary>
internal sealed class RecordingBus : IMessageBus
{
    public string? Failure { get; private set; }

    public bool QueueMessage(IMessageSinkMessage message)
    {
        if (message is ITestFailed failed)
        {
            Failure = string.Join('\n', failed.Messages);
        }
        return true;
    }

    public void Dispose()
    {
        // It holds nothing.
    }
}
