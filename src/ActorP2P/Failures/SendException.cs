using System.Diagnostics;

namespace ActorP2P;

/// <summary>A message was not accepted for sending.</summary>
public sealed class SendException : P2PException
{
    internal SendException(SendResult result, string detail)
        : base($"Not sent: {result} ({detail}).")
    {
        Reason = FailureOf(result);
        Detail = detail;
    }

    /// <summary>Why the message was not accepted.</summary>
    public SendFailure Reason { get; }

    /// <summary>More about the reason, for people.</summary>
    public string Detail { get; }

    private static SendFailure FailureOf(SendResult result) => result switch
    {
        SendResult.QueueFull => SendFailure.QueueFull,
        SendResult.NotConnected => SendFailure.NotConnected,
        SendResult.TooLong => SendFailure.TooLong,
        SendResult.Expired => SendFailure.Expired,
        SendResult.NoSuchService => SendFailure.NoSuchService,
        _ => throw new UnreachableException($"{result} is no failure of a send."),
    };
}
