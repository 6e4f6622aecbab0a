using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <content>Handles the frames of the peer.</content>
internal sealed partial class StreamTable
{
    /// <summary>Handles a frame of the peer.</summary>
    /// <param name="now">The time.</param>
    /// <param name="frame">A frame of a stream.</param>
    /// <param name="isDraining">Whether nothing new may begin.</param>
    /// <returns>The fault that ends the session, or null.</returns>
    public SessionFault? OnFrame(TimeSpan now, in Frame frame, bool isDraining)
    {
        FrameHeader header = frame.Header;
        if (!IsNegotiated)
        {
            return new SessionFault(DisconnectReason.NotNegotiated, $"{header.Kind} without streams in both hellos");
        }

        if (header.Kind == FrameKind.StreamOpen)
        {
            return OnOpen(now, header, frame.Payload, isDraining);
        }

        if (!_streams.TryFind(header.Id, out StreamState? stream))
        {
            return _streams.IsUsed(header.Id) ? null : OutOfPlace(header, "no such stream was opened");
        }

        if (stream.IsOver)
        {
            // It was reset here, and the peer does not know yet. A peer that has reset it too need not be told.
            return header.Kind == FrameKind.StreamReset ? OnLateReset(stream) : null;
        }

        return header.Kind switch
        {
            FrameKind.StreamData => OnData(stream, frame),
            FrameKind.StreamEnd => OnEnd(stream, header, BinaryPrimitives.ReadUInt64BigEndian(frame.Payload.Span)),
            FrameKind.StreamCredit => OnCredit(stream, BinaryPrimitives.ReadUInt64BigEndian(frame.Payload.Span)),
            _ => OnReset(stream, frame.Payload.Span),
        };
    }

    private static SessionFault OutOfPlace(in FrameHeader header, string why) =>
        new(DisconnectReason.StreamOutOfPlace, $"{header.Kind} {header.Id}: {why}");

    private SessionFault? OnOpen(TimeSpan now, in FrameHeader header, ReadOnlyMemory<byte> request, bool isDraining)
    {
        ulong before = _streams.LastOfPeer;
        if (!_streams.TryUse(header.Id))
        {
            return OutOfPlace(header, $"the last one was {before}");
        }

        if (_streams.OfPeer >= _maxOfPeer)
        {
            return new SessionFault(
                DisconnectReason.TooManyStreams, $"stream {header.Id}, {_streams.OfPeer} open");
        }

        StreamState stream = new(
            header.Type, header.Lane, isOwn: false, _sendWindow, new StreamWindow(_receiveWindow, now))
        {
            Id = header.Id,
        };
        _streams.AddOfPeer(stream);
        if (isDraining)
        {
            Reset(stream, RequestErrorCode.ShuttingDown, "the session is ending");
        }
        else
        {
            Events.Add(new StreamEvent(StreamEventKind.Opened, stream, request));
        }

        return null;
    }

    private SessionFault? OnData(StreamState stream, in Frame frame)
    {
        if (stream.IsEndReceived)
        {
            return OutOfPlace(frame.Header, "bytes after the end");
        }

        if (!stream.TryReceive(frame.Payload.Length))
        {
            return new SessionFault(DisconnectReason.CreditExceeded,
                $"stream {stream.Id}: {frame.Payload.Length} bytes, {stream.Window.Limit - stream.Received} granted");
        }

        Unread += frame.Payload.Length;
        Events.Add(new StreamEvent(StreamEventKind.Data, stream, frame.Payload));
        return null;
    }

    private SessionFault? OnEnd(StreamState stream, in FrameHeader header, ulong total)
    {
        if (stream.IsEndReceived || total != (ulong)stream.Received)
        {
            return OutOfPlace(header, stream.IsEndReceived
                ? "a second end" : $"a total of {total} bytes after {stream.Received}");
        }

        stream.IsEndReceived = true;
        Events.Add(new StreamEvent(StreamEventKind.Ended, stream, default));
        EndIfOver(stream);
        return null;
    }

    private SessionFault? OnCredit(StreamState stream, ulong limit)
    {
        if (limit > long.MaxValue)
        {
            return new SessionFault(DisconnectReason.MalformedFrame, $"credit of stream {stream.Id}, limit {limit}");
        }

        stream.RaiseLimit((long)limit);
        TakeTurn(stream);
        return null;
    }

    private SessionFault? OnReset(StreamState stream, ReadOnlySpan<byte> payload)
    {
        if (!CodedText.TryRead(payload, out ushort code, out string? text))
        {
            return new SessionFault(DisconnectReason.MalformedFrame, "the text of a stream's reset is not UTF-8");
        }

        Remove(stream);
        Events.Add(new StreamEvent(StreamEventKind.Reset, stream, default, (RequestErrorCode)code, text));
        return null;
    }

    private SessionFault? OnLateReset(StreamState stream)
    {
        if (stream.DueReset is not null)
        {
            Forget(stream);
        }

        return null;
    }
}
