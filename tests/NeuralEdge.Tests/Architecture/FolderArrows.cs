using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NeuralEdge.Tests.Architecture;

/// <summary>
/// The arrows between the folders of projects: a folder uses another when a name in one of its files is that of a type, a
/// member or a constant of the other.
/// </summary>
internal static class FolderArrows
{
    private static readonly string ImplicitUsings = string.Concat(
        new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks" }.Select(name => $"global using global::{name};"));

    /// <summary>What the tests themselves are compiled against: by name, since a project must not be compiled against itself.</summary>
    private static readonly Dictionary<string, MetadataReference> Libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .DistinctBy(Path.GetFileNameWithoutExtension)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => (MetadataReference)MetadataReference.CreateFromFile(file));

    /// <summary>Looks through projects as if they were one.</summary>
    /// <param name="projects">The projects.</param>
    /// <param name="place">The name of a place, from a project and a folder in it.</param>
    public static Arrows Between(IReadOnlyList<DesktopProject> projects, Func<DesktopProject, string, string> place)
    {
        Dictionary<string, string> places = [];
        foreach (DesktopProject project in projects)
        {
            foreach (string file in project.Sources)
            {
                places.Add(file, place(project, WithoutGenerated(project.FolderOf(file))));
            }
        }

        CSharpParseOptions language = new(LanguageVersion.Preview, DocumentationMode.None);
        SyntaxTree[] trees = [.. places.Keys.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), language, file))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            projects[0].AssemblyName, // as a friend of the assemblies that it is a friend of
            trees.Append(CSharpSyntaxTree.ParseText(ImplicitUsings, language)),
            Libraries.Where(library => projects.All(project => library.Key != project.AssemblyName)).Select(library => library.Value));
        Arrows arrows = new();
        foreach (SyntaxTree tree in trees)
        {
            Add(compilation.GetSemanticModel(tree), places, arrows);
        }

        return arrows;
    }

    private static void Add(SemanticModel model, Dictionary<string, string> places, Arrows arrows)
    {
        string file = model.SyntaxTree.FilePath;
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax))
        {
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
            {
                continue;
            }

            ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
            INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
            foreach (SyntaxReference declaration in type?.OriginalDefinition.DeclaringSyntaxReferences ?? [])
            {
                if (places.TryGetValue(declaration.SyntaxTree.FilePath, out string? other))
                {
                    arrows.Add(places[file], other, $"{Path.GetFileNameWithoutExtension(file)} uses {type!.Name}");
                }
            }
        }
    }

    /// <summary>Generated code is part of the folder whose work it does: the rest of it knows it, and it knows the rest.</summary>
    private static string WithoutGenerated(string folder) => string.Join('/', folder.Split('/').Where(part => part != "Generated"));
}
