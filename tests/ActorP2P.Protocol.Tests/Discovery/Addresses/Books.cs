using System.Security.Cryptography;

namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>What the tests of the address book have in common.</summary>
internal static class Books
{
    /// <summary>The time at which the tests begin, since 1970.</summary>
    public static readonly TimeSpan Today = TimeSpan.FromDays(20_000);

    public static AddressBook Empty(ulong seed = 1) => new(SHA256.HashData([(byte)seed]), seed);

    /// <summary>A public address: the host of a number in the network of another number.</summary>
    public static PeerAddress Address(int network, int host = 1) =>
        new($"{20 + (network / 256)}.{network % 256}.{host / 250}.{1 + (host % 250)}", 7000);

    public static BookEntry? Select(this AddressBook book, TimeSpan now) =>
        book.Select(now, static _ => false, static _ => false);
}
