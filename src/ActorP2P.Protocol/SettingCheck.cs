namespace ActorP2P.Protocol;

/// <summary>Checks of settings.</summary>
internal static class SettingCheck
{
    /// <summary>Checks one setting.</summary>
    /// <param name="holds">Whether the value is allowed.</param>
    /// <param name="name">The setting.</param>
    /// <param name="value">Its value.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <exception cref="ArgumentException">The value is not allowed; the message says what is.</exception>
    public static void Require<T>(bool holds, string name, T value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; allowed: {allowed}.", name);
        }
    }

    /// <summary>Checks a list of addresses that are dialled.</summary>
    /// <param name="addresses">The addresses.</param>
    /// <param name="name">The setting.</param>
    /// <param name="most">The most addresses.</param>
    /// <exception cref="ArgumentException">The list is not allowed; the message says what is.</exception>
    public static void RequireDialable(IReadOnlyList<PeerAddress>? addresses, string name, int most)
    {
        Require(addresses is not null, name, "null", "a list of addresses");
        Require(addresses!.Count <= most, name, $"{addresses.Count} addresses", $"at most {most}");
        foreach (PeerAddress? address in addresses)
        {
            Require(address is not null, name, "a list with null in it", "a list of addresses");
            address!.RequireDialable(name);
        }
    }
}
