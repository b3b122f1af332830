using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NeuralEdge.PlantedDefects;

/// <summary>Finds every defect that can be planted in a source: the kinds that people make, and reviews overlook.</summary>
internal static class Operators
{
    private static readonly Dictionary<string, string> Turned = new() { ["<"] = ">=", [">="] = "<", [">"] = "<=", ["<="] = ">", ["=="] = "!=", ["!="] = "==" };
    private static readonly Dictionary<string, string> OffByOne = new() { ["<"] = "<=", ["<="] = "<", [">"] = ">=", [">="] = ">" };
    private static readonly Dictionary<string, string> Exchanged = new()
    {
        ["&&"] = "||", ["||"] = "&&", ["+"] = "-", ["-"] = "+", ["<<"] = ">>", [">>"] = "<<", ["&"] = "|", ["|"] = "&",
        ["+="] = "-=", ["-="] = "+=", ["<<="] = ">>=", [">>="] = "<<=", ["|="] = "&=", ["&="] = "|=", ["++"] = "--", ["--"] = "++",
    };

    /// <summary>All defects of a file, in the order of its text.</summary>
    public static List<Defect> Find(string path, SyntaxTree tree)
    {
        List<Defect> found = [];
        Dictionary<string, int> seen = [];
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes(node => node is not (AttributeListSyntax or EnumDeclarationSyntax)))
        {
            foreach ((string kind, SyntaxNode replaced, string text) in Of(node))
            {
                Defect defect = new(path, MemberOf(node), kind, OneLine(replaced.ToString()), replaced.Span, text);
                seen[defect.Key] = seen.GetValueOrDefault(defect.Key) + 1;
                found.Add(defect with { Which = seen[defect.Key] });
            }
        }

        return found;
    }

    private static IEnumerable<(string Kind, SyntaxNode Replaced, string Text)> Of(SyntaxNode node)
    {
        switch (node)
        {
            case BinaryExpressionSyntax binary:
                string sign = binary.OperatorToken.Text;
                if (Turned.TryGetValue(sign, out string? turned))
                {
                    yield return ("comparison turned", node, $"{binary.Left} {turned} {binary.Right}");
                }

                if (OffByOne.TryGetValue(sign, out string? bound))
                {
                    yield return ("limit off by one", node, $"{binary.Left} {bound} {binary.Right}");
                }

                if (Exchanged.TryGetValue(sign, out string? other))
                {
                    yield return ($"{sign} for {other}", node, $"{binary.Left} {other} {binary.Right}");
                }

                break;

            case IfStatementSyntax { Else: null } check when check.Statement.DescendantNodesAndSelf().Any(n => n is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax):
                yield return ("check skipped", node, "{ }");
                if (IsPlain(check.Condition))
                {
                    yield return ("condition negated", check.Condition, $"!({check.Condition})");
                }

                break;

            case IfStatementSyntax branch when IsPlain(branch.Condition):
                yield return ("condition negated", branch.Condition, $"!({branch.Condition})");
                break;

            case ConditionalExpressionSyntax choice when IsPlain(choice.Condition):
                yield return ("condition negated", choice.Condition, $"!({choice.Condition})");
                break;

            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AssignmentExpressionSyntax }:
                yield return ("statement left out", node, ";");
                if (((ExpressionStatementSyntax)node).Expression is AssignmentExpressionSyntax set && Exchanged.TryGetValue(set.OperatorToken.Text, out string? reverse))
                {
                    yield return ($"{set.OperatorToken.Text} for {reverse}", node, $"{set.Left} {reverse} {set.Right};");
                }

                break;

            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.NumericLiteralExpression) && literal.Token.Value is int or long or uint:
                yield return ("number plus one", node, $"({node} + 1)");
                break;

            case LiteralExpressionSyntax flag when flag.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression:
                yield return ("flag turned", node, flag.IsKind(SyntaxKind.TrueLiteralExpression) ? "false" : "true");
                break;

            case PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression):
                yield return ("! dropped", node, not.Operand.ToString());
                break;

            case PostfixUnaryExpressionSyntax step when Exchanged.TryGetValue(step.OperatorToken.Text, out string? back):
                yield return ($"{step.OperatorToken.Text} for {back}", node, $"{step.Operand}{back}");
                break;

            case PrefixUnaryExpressionSyntax step when Exchanged.TryGetValue(step.OperatorToken.Text, out string? back) && step.OperatorToken.Text.Length == 2:
                yield return ($"{step.OperatorToken.Text} for {back}", node, $"{back}{step.Operand}");
                break;
        }
    }

    // What is compared or negated has a kind of its own.
    private static bool IsPlain(ExpressionSyntax condition) => condition is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax;

    private static string MemberOf(SyntaxNode node)
    {
        MemberDeclarationSyntax? member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            _ => "?",
        };
    }

    /// <summary>A text without line ends and indentation.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
