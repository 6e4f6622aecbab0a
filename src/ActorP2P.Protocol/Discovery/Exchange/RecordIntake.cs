using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// Checks the records that others tell, and puts their addresses into the book. What is cheap is checked before the
/// signature.
/// </summary>
/// <param name="book">The book.</param>
/// <param name="network">The node's network.</param>
/// <param name="own">The node.</param>
/// <param name="allowsPrivate">Whether private addresses and those of the own machine are taken.</param>
/// <param name="signer">Checks signatures; null: ECDSA with P-256.</param>
/// <param name="counts">Where refusals are counted.</param>
internal sealed class RecordIntake(
    AddressBook book, string network, NodeId own, bool allowsPrivate, ISigner? signer, RefusalCounts counts)
{
    private const int KeyOffset = 1;

    /// <summary>Takes a record.</summary>
    /// <param name="bytes">The record.</param>
    /// <param name="source">The group of whoever has told it.</param>
    /// <param name="now">The time since 1970.</param>
    /// <param name="record">The record, if it is taken.</param>
    public RecordOutcome Take(
        ReadOnlySpan<byte> bytes, string source, TimeSpan now, out BookRecord? record)
    {
        record = null;
        if (bytes.Length > NodeRecord.MaxBytes)
        {
            return Refuse(RecordRefusal.TooLong);
        }

        if (IsKnown(bytes, out BookRecord? known))
        {
            foreach (BookEntry entry in known.Entries.ToArray())
            {
                book.Add(entry.Address, source, known.MadeAt, now);
            }

            return RecordOutcome.Known;
        }

        if (!NodeRecord.TryRead(bytes, out NodeRecord? read, out RecordFault fault, signer))
        {
            return Refuse(fault switch
            {
                RecordFault.NotSigned => RecordRefusal.NotSigned,
                RecordFault.TooLong => RecordRefusal.TooLong,
                RecordFault.InvalidAddress => RecordRefusal.InvalidAddress,
                _ => RecordRefusal.Malformed,
            });
        }

        return RefusalOf(read, now) is { } refusal ? Refuse(refusal) : Enter(read, source, now, out record);
    }

    /// <summary>Takes an address without a record, such as one of a DNS name.</summary>
    /// <returns>Whether it is in the book.</returns>
    public bool Take(PeerAddress address, string source, TimeSpan now) =>
        IsWanted(address) && (book.Add(address, source, now, now) || IsThere(address));

    /// <summary>Whether addresses of this kind are dialled at all; if not, that is counted.</summary>
    public bool IsWanted(PeerAddress address)
    {
        RecordRefusal? refusal = address.Port == 0 ? RecordRefusal.InvalidAddress : NetworkGroup.KindOf(address) switch
        {
            AddressKind.Public => null,
            AddressKind.Name => RecordRefusal.Name,
            AddressKind.Unroutable => RecordRefusal.Unroutable,
            _ => allowsPrivate ? null : RecordRefusal.Private,
        };
        if (refusal is { } reason)
        {
            counts.Add(reason);
        }

        return refusal is null;
    }

    private bool IsThere(PeerAddress address)
    {
        bool isThere = book.Find(address) is not null;
        if (!isThere)
        {
            counts.Add(RecordRefusal.NoPlace);
        }

        return isThere;
    }

    private RecordOutcome Enter(NodeRecord read, string source, TimeSpan now, out BookRecord? record)
    {
        TimeSpan madeAt = TimeSpan.FromMilliseconds(read.UnixMilliseconds);
        record = new BookRecord(read.Id, read.Sequence, madeAt, read.Bytes.ToArray());
        List<PeerAddress> taken = [];
        foreach (PeerAddress address in read.Addresses)
        {
            if (IsWanted(address) && (book.Add(address, source, madeAt, now) || IsThere(address)))
            {
                taken.Add(address);
            }
        }

        book.SetRecord(record, taken);
        return taken.Count > 0 ? RecordOutcome.Taken : RecordOutcome.Refused;
    }

    private RecordRefusal? RefusalOf(NodeRecord read, TimeSpan now)
    {
        double now1970 = now.TotalMilliseconds;
        return read.NetworkId != network ? RecordRefusal.OtherNetwork
            : read.Id == own ? RecordRefusal.Own
            : book.RecordOf(read.Id) is { } known && known.Sequence >= read.Sequence ? RecordRefusal.Older
            : read.UnixMilliseconds > now1970 + BookEntry.MostAhead.TotalMilliseconds ? RecordRefusal.FutureDated
            : read.UnixMilliseconds < now1970 - BookEntry.Horizon.TotalMilliseconds ? RecordRefusal.Stale
            : null;
    }

    // Most records that peers tell are known, and to compare bytes costs far less than to check a signature.
    private bool IsKnown(ReadOnlySpan<byte> bytes, [MaybeNullWhen(false)] out BookRecord known)
    {
        known = null;
        if (bytes.Length < KeyOffset + P256.KeySize)
        {
            return false;
        }

        ReadOnlySpan<byte> key = bytes.Slice(KeyOffset, P256.KeySize);
        known = book.RecordOf(signer?.IdOf(key) ?? P256.IdOf(key));
        return known is not null && bytes.SequenceEqual(known.Bytes);
    }

    private RecordOutcome Refuse(RecordRefusal reason)
    {
        counts.Add(reason);
        return RecordOutcome.Refused;
    }
}
