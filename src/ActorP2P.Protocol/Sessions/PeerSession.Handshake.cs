using System.Buffers;

namespace ActorP2P.Protocol;

/// <content>The handshake: hello, hello-ack, ready.</content>
internal sealed partial class PeerSession
{
    private TimeSpan _helloSent;

    private void ReceiveInHandshake(TimeSpan now, in Frame frame)
    {
        FrameKind kind = frame.Header.Kind;
        switch (State)
        {
            case SessionState.AwaitingHello when kind == FrameKind.Hello:
                TakeHello(now, frame.Payload.Span);
                break;
            case SessionState.AwaitingHelloAck when kind == FrameKind.HelloAck:
                TakeHello(now, frame.Payload.Span);
                break;
            case SessionState.AwaitingHelloAck when kind == FrameKind.Goodbye:
                TakeGoodbye(now, frame.Payload.Span);
                break;
            case SessionState.AwaitingReady when kind == FrameKind.Ready:
                BecomeReady(now);
                break;
            case SessionState.AwaitingReady when kind is not (FrameKind.Hello or FrameKind.HelloAck):
                ReceiveInSession(now, frame);
                break;
            default:
                Fail(now, DisconnectReason.UnexpectedFrame, $"{kind} in state {State}");
                break;
        }
    }

    private void TakeHello(TimeSpan now, ReadOnlySpan<byte> payload)
    {
        if (!HelloCodec.TryRead(payload, out Hello? hello))
        {
            Fail(now, DisconnectReason.InvalidHello, "the hello does not parse, or a field is out of bounds");
            return;
        }

        if (FaultOf(hello) is { } fault)
        {
            Fail(now, fault.Reason, fault.Detail);
            return;
        }

        RemoteHello = hello.Sharing(_localHello!);
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            _credit.Raise((CreditClass)i, hello.CreditWindows[i]);
        }

        if (Role == SessionRole.Responder)
        {
            _helloSent = now;
            QueueControl(FrameKind.HelloAck, 0, EncodeHello());
            State = SessionState.AwaitingReady;
        }
        else
        {
            QueueControl(FrameKind.Ready, 0, []);
            BecomeReady(now);
        }
    }

    private (DisconnectReason Reason, string Detail)? FaultOf(Hello hello)
    {
        Hello own = _localHello!;

        // The order matters: a node of another network may speak another version, and is told the more telling reason.
        if (hello.NetworkId != own.NetworkId)
        {
            return (DisconnectReason.WrongNetwork, $"'{PrintableText.Of(hello.NetworkId)}', not '{own.NetworkId}'");
        }

        if (hello.Nonce == own.Nonce)
        {
            return (DisconnectReason.SelfConnection, "the hello carries this node's own nonce");
        }

        return Math.Min(hello.MaxVersion, own.MaxVersion) < Math.Max(hello.MinVersion, own.MinVersion)
            ? (DisconnectReason.UnsupportedVersion,
                $"versions {hello.MinVersion} to {hello.MaxVersion}; this node speaks {own.MinVersion} to {own.MaxVersion}")
            : null;
    }

    // Either side has had its hello, or hello-ack, answered at once: the first measure of the connection's delay.
    private void BecomeReady(TimeSpan now)
    {
        RoundTrip = now - _helloSent;
        State = SessionState.Ready;
        _localHello = null;
        Ask(SessionEffectKind.Ready);
    }

    private byte[] EncodeHello()
    {
        ArrayBufferWriter<byte> output = new(512);
        HelloCodec.Write(_localHello!, output);
        return output.WrittenSpan.ToArray();
    }
}
