using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActorP2P.Actors;

/// <summary>The place of an actor in its system's hierarchy; immutable, compared by names, not by incarnation.</summary>
[SuppressMessage("Design", "CA1036", Justification = "The dialect gives paths an order for sorting, not operators.")]
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    internal const long UndefinedUid = 0;

    private const string AllowedSymbols = "-_.*$+:@&=,!~';()";

    private protected ActorPath(string name, long uid)
    {
        Name = name;
        Uid = uid;
    }

    /// <summary>The last element.</summary>
    public string Name { get; }

    /// <summary>Tells incarnations of one path apart; 0 when unknown.</summary>
    public long Uid { get; }

    /// <summary>The path one level up; the root is its own parent.</summary>
    public abstract ActorPath Parent { get; }

    /// <summary>The root of the hierarchy.</summary>
    public abstract ActorPath Root { get; }

    /// <summary>The address of the system.</summary>
    public abstract Address Address { get; }

    /// <summary>The names from below the root to this path.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new List<string>();
            for (ActorPath path = this; path is ChildActorPath; path = path.Parent)
            {
                names.Add(path.Name);
            }
            names.Reverse();
            return names;
        }
    }

    /// <summary>The path of a child.</summary>
    public static ActorPath operator /(ActorPath path, string name) => new ChildActorPath(path, name, UndefinedUid);

    /// <summary>The path below <paramref name="path"/> that the names lead to.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> names) =>
        names.Where(name => name.Length > 0).Aggregate(path, (current, name) => current / name);

    /// <summary>Equal when address and all names are equal.</summary>
    public static bool operator ==(ActorPath? left, ActorPath? right) => left?.Equals(right) ?? right is null;

    /// <summary>Unequal when address or a name differs.</summary>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    /// <summary>The path of a child; the named form of the operator.</summary>
    public ActorPath Child(string childName) => this / childName;

    /// <summary>True when <paramref name="element"/> can be the name of an actor.</summary>
    public static bool IsValidPathElement(string element)
    {
        if (string.IsNullOrEmpty(element) || element[0] == '$')
        {
            return false;
        }
        for (int at = 0; at < element.Length; at++)
        {
            if (element[at] == '%')
            {
                if (at + 2 >= element.Length || !char.IsAsciiHexDigit(element[at + 1])
                    || !char.IsAsciiHexDigit(element[at + 2]))
                {
                    return false;
                }
                at += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(element[at]) && !AllowedSymbols.Contains(element[at]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Reads <c>akka://system/a/b</c>.</summary>
    /// <exception cref="UriFormatException">The text is no absolute actor path.</exception>
    public static ActorPath Parse(string path) => TryParse(path, out ActorPath? parsed)
        ? parsed
        : throw new UriFormatException($"Cannot parse an actor path from '{path}'.");

    /// <summary>Reads <c>akka://system/a/b</c>; false when the text is no absolute actor path.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        int scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return false;
        }
        string[] parts = path[(scheme + 3)..].Split('/');
        if (parts[0].Length == 0)
        {
            return false;
        }
        actorPath = new RootActorPath(new Address(path[..scheme], parts[0]), "/") / parts.Skip(1);
        return true;
    }

    /// <summary>The names with slashes, without the address: <c>/user/a</c>.</summary>
    public string ToStringWithoutAddress()
    {
        var text = new StringBuilder();
        foreach (string name in Elements)
        {
            text.Append('/').Append(name);
        }
        return text.Length == 0 ? "/" : text.ToString();
    }

    /// <summary>Address and names.</summary>
    public string ToStringWithAddress() => $"{Address}{ToStringWithoutAddress()}";

    /// <summary>Address, names and the incarnation: <c>akka://system/user/a#7</c>.</summary>
    public string ToStringWithUid() => Uid == UndefinedUid ? ToStringWithAddress() : $"{ToStringWithAddress()}#{Uid}";

    /// <inheritdoc/>
    public override string ToString() => ToStringWithAddress();

    /// <inheritdoc/>
    public bool Equals(ActorPath? other) => ReferenceEquals(this, other) || (other is not null && CompareTo(other) == 0);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Elements.Count);

    /// <inheritdoc/>
    public int CompareTo(ActorPath? other) => other is null
        ? 1
        : string.CompareOrdinal(ToStringWithAddress(), other.ToStringWithAddress());
}
