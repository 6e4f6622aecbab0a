using System.Buffers.Binary;

namespace ActorP2P.Cli.Tests;

/// <summary>Makes a file of the format pcap from segments of TCP over IPv4 on Ethernet.</summary>
internal sealed class CaptureOf
{
    private readonly MemoryStream _file = new();

    public CaptureOf()
    {
        byte[] header = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 65_536);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), 1);
        _file.Write(header);
    }

    /// <summary>Adds a packet from one port to another.</summary>
    public CaptureOf Add(ushort from, ushort to, uint number, ReadOnlySpan<byte> bytes, bool isSynchronise = false)
    {
        byte[] packet = new byte[14 + 20 + 20 + bytes.Length];
        packet[12] = 0x08;
        Span<byte> ip = packet.AsSpan(14);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(40 + bytes.Length));
        ip[9] = 6;
        ip[12] = ip[16] = 127;
        ip[15] = ip[19] = 1;
        Span<byte> tcp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, from);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], to);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], number);
        tcp[12] = 5 << 4;
        tcp[13] = isSynchronise ? (byte)2 : (byte)0x10;
        bytes.CopyTo(tcp[20..]);

        byte[] header = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), packet.Length);
        _file.Write(header);
        _file.Write(packet);
        return this;
    }

    public byte[] ToArray() => _file.ToArray();
}
