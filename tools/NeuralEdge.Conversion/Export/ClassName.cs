using System.Text;
using System.Text.RegularExpressions;

namespace NeuralEdge.Conversion.Export;

/// <summary>Namespace and name of an exported class.</summary>
public sealed partial record ClassName
{
    /// <summary>The namespace of a class for which none is asked.</summary>
    public const string DefaultNamespace = "NeuralEdge.Exported";

    private static readonly HashSet<string> Keywords = new(
        """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum
        event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long
        namespace new null object operator out override params private protected public readonly ref return sbyte sealed short
        sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual
        void volatile while __arglist __makeref __reftype __refvalue
        """.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    private static readonly string[] Used = ["NeuralEdge.Numerics", "NeuralEdge.Networks"];

    private ClassName(string @namespace, string name)
    {
        Namespace = @namespace;
        Name = name;
    }

    /// <summary>The namespace.</summary>
    public string Namespace { get; }

    /// <summary>The class's name without the namespace.</summary>
    public string Name { get; }

    /// <summary>Takes the names that somebody asks for.</summary>
    /// <param name="path">Path of the file that is to hold the class, which gives it its name if none is asked for.</param>
    /// <param name="name">The class's name, or null.</param>
    /// <param name="namespaceName">The namespace, or null.</param>
    /// <exception cref="InputRefusedException">A name is none in C#, or is one of the class's members.</exception>
    public static ClassName Choose(string path, string? name, string? namespaceName)
    {
        if (namespaceName is not null && !namespaceName.Split('.').All(IsIdentifier))
        {
            throw new InputRefusedException($"--namespace {namespaceName} cannot be: a namespace is names with dots between them; write for example --namespace Greenhouse.Models.");
        }

        string chosen = name ?? FromPath(path);

        // Words of the language begin with a small letter, and more of them come with each version.
        if (!IsIdentifier(chosen) || char.IsLower(chosen[0]))
        {
            throw new InputRefusedException($"--class {chosen} cannot be: a class's name is letters and digits and begins with a capital letter; write for example --class Greenhouse.");
        }

        // What the code calls lives there, and would be taken for something of this class's.
        string space = namespaceName ?? DefaultNamespace;
        if (Used.Any(used => $"{space}.{chosen}" == used || $"{space}.".StartsWith(used + ".", StringComparison.Ordinal)))
        {
            throw new InputRefusedException($"{space}.{chosen} cannot be: NeuralEdge has that name for something else; write for example --namespace {DefaultNamespace}.");
        }

        return Member().IsMatch(chosen)
            ? throw new InputRefusedException($"--class {chosen} cannot be: the class has a member of that name; write for example --class {chosen}Network.")
            : new ClassName(space, chosen);
    }

    // PascalCase of what may stand in a name: my-net.g.cs becomes MyNetG.
    private static string FromPath(string path)
    {
        StringBuilder name = new();
        bool begins = true;
        foreach (char c in Path.GetFileNameWithoutExtension(path))
        {
            bool fits = char.IsLetterOrDigit(c) || c == '_';
            if (fits)
            {
                name.Append(begins ? char.ToUpperInvariant(c) : c);
            }

            begins = !fits;
        }

        return name.Length == 0 || char.IsDigit(name[0]) ? "Network" + name : name.ToString();
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !Keywords.Contains(name);

    // The members of exported classes; a class must not have the name of one of its own.
    [GeneratedRegex("^(InputCount|OutputCount|LogitFractionBits|Forward|Limit|((Make)?Table|Sums|Layer|Layer[0-9]+Block)[0-9]+)$")]
    private static partial Regex Member();
}
