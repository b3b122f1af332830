using System.Text;
using NeuralEdge.Generators.Text;

namespace NeuralEdge.Generators.Kernels;

/// <summary>
/// Writes the kernels of the device: one class for each number of inputs, with the inputs in locals and the sums of several
/// neurons on the evaluation stack, which is what an interpreter runs fastest.
/// </summary>
public static class KernelSource
{
    /// <summary>Numbers of inputs that have a kernel of their own; others are padded with zero weights.</summary>
    public static readonly IReadOnlyList<int> Sizes = [1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 32, 64];

    private const string Folder = "shared/NeuralEdge.Networks/Networks/Generated/";
    private const string Namespace = "namespace NeuralEdge.Networks.Generated\n{\n";

    /// <summary>Every generated file: its path below the repository's root and its text.</summary>
    public static IEnumerable<(string Path, string Text)> Files()
    {
        yield return (Folder + "KernelSizes.g.cs", GeneratedText.Of(SizesFile()));
        yield return (Folder + "KernelFactory.g.cs", GeneratedText.Of(FactoryFile()));
        foreach (KernelFamily family in KernelFamily.All)
        {
            yield return ($"{Folder}{family.Name}Kernels.g.cs", GeneratedText.Of(FamilyFile(family)));
        }
    }

    private static string SizesFile() =>
        $$"""
        {{Namespace}}    /// <summary>Numbers of inputs that have a kernel of their own.</summary>
            internal static class KernelSizes
            {
                /// <summary>Most inputs a kernel takes; wider layers are cut into blocks of this many.</summary>
                internal const int Widest = {{Sizes[^1]}};

                /// <summary>Blocks of <see cref="Widest"/> inputs that a layer is cut into, the last one included.</summary>
                /// <param name="inputs">Number of inputs, 1 or more.</param>
                /// <returns>Number of blocks.</returns>
                internal static int Blocks(int inputs)
                {
                    return (inputs + Widest - 1) / Widest;
                }

                /// <summary>Number of inputs that a block of a layer is padded to.</summary>
                /// <param name="inputs">Number of inputs, 1 or more.</param>
                /// <param name="block">Which block.</param>
                /// <returns>Number of inputs of the block's kernel.</returns>
                internal static int OfBlock(int inputs, int block)
                {
                    return block < Blocks(inputs) - 1 ? Widest : Fit(inputs - (Widest * block));
                }

                /// <summary>Number of values a layer's input array must have.</summary>
                /// <param name="inputs">Number of inputs.</param>
                /// <returns>As many, or more where one kernel takes them all and is larger.</returns>
                internal static int Padded(int inputs)
                {
                    return inputs > Widest ? inputs : Fit(inputs);
                }

                /// <summary>The smallest kernel that takes a number of inputs.</summary>
                /// <param name="inputs">1..<see cref="Widest"/>.</param>
                /// <returns>Number of inputs of the kernel.</returns>
                internal static int Fit(int inputs)
                {
        {{string.Concat(Sizes.SkipLast(1).Select(size => $$"""
                    if (inputs <= {{size}})
                    {
                        return {{size}};
                    }


        """))}}            return Widest;
                }
            }
        }

        """;

    private static string FactoryFile()
    {
        StringBuilder source = new(Namespace);
        source.Append("    /// <summary>Makes the kernel for a number of inputs that <see cref=\"KernelSizes.Fit\"/> gives.</summary>\n");
        source.Append("    internal static class KernelFactory\n    {\n");
        string separator = "";
        foreach (KernelFamily family in KernelFamily.All)
        {
            source.Append(
                $$"""
                {{separator}}        /// <summary>{{family.FactorySummary}}</summary>
                        /// <param name="size">Number of inputs.</param>
                        /// <returns>The kernel, which is given its arrays next.</returns>
                        internal static {{family.Base}} {{family.Name}}(int size)
                        {
                            switch (size)
                            {

                """);
            foreach (int size in Sizes)
            {
                source.Append(size == Sizes[^1] ? "                default:\n" : $"                case {size}:\n");
                source.Append($"                    return new {family.Name}{size}();\n");
            }

            source.Append("            }\n        }\n");
            separator = "\n";
        }

        return source.Append("    }\n}\n").ToString();
    }

    private static string FamilyFile(KernelFamily family)
    {
        StringBuilder source = new(family.NeedsNumerics ? "using NeuralEdge.Numerics;\n\n" : "");
        source.Append(Namespace);
        string separator = "";
        foreach (int size in Sizes)
        {
            source.Append(
                $$"""
                {{separator}}    /// <summary>{{family.Summary}} {{size}} {{(size == 1 ? family.One : family.Many)}}.</summary>
                    internal sealed class {{family.Name}}{{size}} : {{family.Base}}
                    {
                        internal override void Forward()
                        {
                {{family.Body(size)}}        }
                    }

                """);
            separator = "\n";
        }

        return source.Append("}\n").ToString();
    }
}
