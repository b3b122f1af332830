using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>
/// Finds in compiled device sources what the compiler does not mind, and the metadata processor or the interpreter refuses
/// or, worse, ignores.
/// </summary>
internal sealed class SurfaceScan(bool refuseMutableStatics, bool refuseFloatingPoint)
{
    // The processor cuts both numbers to a byte and says nothing.
    private const int MaxLocals = 255;
    private const int MaxSwitchTargets = 255;

    private readonly List<string> _found = [];
    private string _where = "";

    /// <summary>One sentence for each finding.</summary>
    public IReadOnlyList<string> Find(ModuleDefinition module)
    {
        _found.Clear();
        foreach (TypeDefinition type in module.GetTypes())
        {
            CheckDefinition(type);
        }

        return [.. _found.Distinct()];
    }

    private static bool IsCompilerGenerated(TypeDefinition type) => type.Name.StartsWith('<');

    private void Report(string what) => _found.Add($"{_where}: {what}");

    private void CheckDefinition(TypeDefinition type)
    {
        _where = type.FullName;
        if (type.Name.EndsWith("Attribute", StringComparison.Ordinal) && !type.Namespace.StartsWith("NeuralEdge", StringComparison.Ordinal) && !type.IsNested)
        {
            Report("an attribute that the platform does not have and the compiler therefore embeds; the metadata processor mixes such up");
            return;
        }

        if (type.HasGenericParameters)
        {
            Report("generic type");
        }

        foreach (FieldDefinition field in type.Fields)
        {
            _where = field.FullName;
            CheckType(field.FieldType);
            if (refuseMutableStatics && field.IsStatic && !field.IsInitOnly && !field.IsLiteral && !IsCompilerGenerated(type))
            {
                Report("static field that can change (the simulated board runs Main again in the same process)");
            }
        }

        foreach (MethodDefinition method in type.Methods)
        {
            CheckMethod(method);
        }
    }

    private void CheckMethod(MethodDefinition method)
    {
        _where = method.FullName;
        if (method.HasGenericParameters)
        {
            Report("generic method");
        }

        CheckSignature(method);
        if (!method.HasBody)
        {
            return;
        }

        if (method.DeclaringType.IsInterface)
        {
            Report("interface method with a body");
        }

        if (method.Body.Variables.Count > MaxLocals)
        {
            Report($"{method.Body.Variables.Count} local variables, more than {MaxLocals}");
        }

        foreach (VariableDefinition variable in method.Body.Variables)
        {
            CheckType(variable.VariableType);
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            CheckOperation(instruction.OpCode);
            CheckOperand(instruction.Operand);
        }
    }

    private void CheckOperation(OpCode operation)
    {
        if (operation.Name.Contains(".ovf", StringComparison.Ordinal))
        {
            Report($"{operation.Name}: the interpreter ignores overflow checks");
        }

        if (refuseFloatingPoint && operation.Code is Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un)
        {
            Report($"{operation.Name}: floating point");
        }
    }

    private void CheckOperand(object? operand)
    {
        switch (operand)
        {
            case Instruction[] { Length: > MaxSwitchTargets } targets:
                Report($"switch of {targets.Length} targets, more than {MaxSwitchTargets}");
                break;
            case MethodReference method:
                CheckSignature(method);
                CheckType(method.DeclaringType);
                break;
            case FieldReference field:
                CheckType(field.FieldType);
                break;
            case TypeReference type:
                CheckType(type);
                break;
        }
    }

    private void CheckSignature(MethodReference method)
    {
        CheckType(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            CheckType(parameter.ParameterType);
        }
    }

    private void CheckType(TypeReference type)
    {
        if (type is ArrayType { Rank: > 1 })
        {
            Report($"multi-dimensional array {type.FullName}");
        }
        else if (type is TypeSpecification specification)
        {
            CheckType(specification.ElementType);
        }
        else if (refuseFloatingPoint && type.FullName is "System.Single" or "System.Double")
        {
            Report($"{type.FullName}: floating point");
        }
    }
}
