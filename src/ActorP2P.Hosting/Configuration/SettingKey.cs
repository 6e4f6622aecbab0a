using System.Globalization;
using System.Reflection;
using System.Text;

namespace ActorP2P.Hosting;

/// <summary>The key of a setting, and how HOCON and .NET's configuration write its value.</summary>
/// <param name="Path">The key in HOCON.</param>
/// <param name="Type">The type of the property.</param>
internal sealed record SettingKey(string Path, Type Type)
{
    /// <summary>All settings, in the order of <c>reference.conf</c>.</summary>
    public static IReadOnlyList<SettingKey> All { get; } = [.. Of(typeof(P2PNodeOptions), "")];

    /// <summary>The sections within a node's settings, in lower case and without hyphens.</summary>
    public static IReadOnlyCollection<string> Sections { get; } = [.. All
        .Where(static key => key.Path.Contains('.', StringComparison.Ordinal))
        .Select(static key => key.Path.Split('.')[0].Replace("-", "", StringComparison.Ordinal)).Distinct()];

    /// <summary>Whether the setting is a list.</summary>
    public bool IsList => Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    /// <summary>The HOCON text for a null of .NET; null if a null leaves the default.</summary>
    public string? WhenNull => Type == typeof(PeerAddress) ? "off" : Type == typeof(long?) ? "auto" : null;

    /// <summary>Converts a value from the .NET form to the HOCON form. Other values are returned unchanged.</summary>
    public string FromNet(string value)
    {
        // HOCON durations have no colons, and a plain number means milliseconds.
        if (Type == typeof(TimeSpan) && value.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out TimeSpan time))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms");
        }

        return Type.IsEnum && Enum.GetNames(Type).Contains(value, StringComparer.OrdinalIgnoreCase)
            ? Hyphened(Enum.GetName(Type, Enum.Parse(Type, value, ignoreCase: true))!)
            : value;
    }

    /// <summary>Converts the name of a property to a HOCON key.</summary>
    public static string Hyphened(string name)
    {
        StringBuilder key = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]) && name[i - 1] != '-';
            key.Append(begins ? "-" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return key.ToString();
    }

    private static IEnumerable<SettingKey> Of(Type record, string prefix) => record
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.CanWrite)
        .SelectMany(property => property.PropertyType.Name.EndsWith("Settings", StringComparison.Ordinal)
            ? Of(property.PropertyType, $"{prefix}{Hyphened(property.Name)}.")
            : [new SettingKey(prefix + Hyphened(property.Name), property.PropertyType)]);
}
