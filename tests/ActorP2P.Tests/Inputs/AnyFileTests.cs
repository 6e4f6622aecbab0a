using ActorP2P.Hocon;

namespace ActorP2P.Tests;

/// <summary>For every setting, each value in a file is either read or refused with the key of the setting.</summary>
public sealed class AnyFileTests
{
    private static readonly string[] s_values =
    [
        "null", "[]", "{}", "[null]", "[[]]", "[\"\"]", "[\"a:0\"]", "[\"a:1\", \"[::]:1\"]", "\"\"", "\"a\\nb\"",
        "\"\\ud800\"",
        "off", "auto", "infinite", "-1", "0", "1", "1.5", "1e400", "2147483648", "9223372036854775808", "-1s",
        "0s", "1ns",
        "99999999999999d", "1e300d", "-1B", "99999999999999GiB", "1YiB", "\"a:0\"", "\"a:1\"", "\"[::ffff:1.2.3.4]:1\"",
        "${?NOBODY}",
    ];

    [Theory]
    [MemberData(nameof(ReferenceConfTests.Keys), MemberType = typeof(ReferenceConfTests))]
    public void Any_value_of_a_key_is_read_or_refused_by_name(string key)
    {
        foreach (string value in s_values)
        {
            HoconConfig file = HoconConfig.Parse($"{key} = {value}");
            try
            {
                P2PNodeOptions.From(file).Validated();
            }
            catch (ArgumentException refused)
            {
                Assert.True(IsTold(key, refused), $"{key} = {value}: {refused.Message}");
            }
        }
    }

    // A value may also make the value of another key invalid; then the error names that key.
    private static bool IsTold(string key, ArgumentException refused) =>
        refused.Message.Contains(key, StringComparison.Ordinal)
            || refused.Message.Contains("; allowed:", StringComparison.Ordinal);
}
