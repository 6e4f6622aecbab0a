using ActorP2P.Hocon;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting;

/// <summary>Converts HOCON to the keys and values of .NET's configuration.</summary>
internal static class HoconKeys
{
    /// <summary>Returns all values by key. A null and an empty object each become a key with the value null.</summary>
    /// <exception cref="HoconException">
    /// Two keys differ only in upper and lower case, which .NET's configuration does not distinguish.
    /// </exception>
    public static Dictionary<string, string?> Of(HoconConfig config)
    {
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, HoconElement value) in config.AsEnumerable())
        {
            Add(values, key, value);
        }

        return values;
    }

    private static void Add(Dictionary<string, string?> values, string path, HoconElement element)
    {
        switch (element)
        {
            case HoconMap { Count: > 0 } map:
                for (int i = 0; i < map.Count; i++)
                {
                    Add(values, ConfigurationPath.Combine(path, map.KeyAt(i)), map.ValueAt(i));
                }

                break;
            case HoconList { Count: > 0 } list:
                for (int i = 0; i < list.Count; i++)
                {
                    Add(values, ConfigurationPath.Combine(path, $"{i}"), list[i]);
                }

                break;
            default:
                string? text = element switch
                {
                    HoconList => "",
                    HoconText { Type: not HoconTextKind.Null } single => single.Text,
                    _ => null,
                };
                if (!values.TryAdd(path, text))
                {
                    throw new HoconException(
                        $"The key {path} occurs twice: .NET's configuration does not distinguish upper and lower "
                        + "case.");
                }

                break;
        }
    }
}
