using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>
/// Finds what the device does not have in what the desktop's compiler made of device sources: names that are not in the
/// device's libraries, and language features that its compiler, its metadata processor or its interpreter refuses or,
/// worse, ignores.
/// </summary>
internal sealed class SurfaceScan(DeviceApi api, bool refuseMutableStatics, bool refuseFloatingPoint)
{
    private const int MaxLocals = 255;

    // The compiler adds these where the library has them and does without where not.
    private static readonly HashSet<string> OptionalAttributes = new(StringComparer.Ordinal)
    {
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
    };

    // Their own sentences below; "not on the device" would say the same thing again, and less clearly.
    private static readonly Dictionary<string, string> FeatureAttributes = new(StringComparer.Ordinal)
    {
        ["System.Runtime.CompilerServices.AsyncStateMachineAttribute"] = "async method",
        ["System.Runtime.CompilerServices.IteratorStateMachineAttribute"] = "iterator method (yield)",
    };

    private readonly List<string> _found = [];
    private string _where = "";

    /// <summary>One sentence for each finding.</summary>
    /// <param name="types">Types to look through, with all that is nested in them.</param>
    public IReadOnlyList<string> Find(IEnumerable<TypeDefinition> types)
    {
        _found.Clear();
        foreach (TypeDefinition type in types)
        {
            CheckDefinition(type);
        }

        return [.. _found.Distinct()];
    }

    private void Report(string what) => _found.Add($"{_where}: {what}");

    private void CheckDefinition(TypeDefinition type)
    {
        _where = type.FullName;
        if (IsStateMachine(type))
        {
            // The method that it was made from is reported.
            return;
        }

        if (type.HasGenericParameters)
        {
            Report("generic type");
        }

        if (type.BaseType != null)
        {
            CheckType(type.BaseType);
        }

        foreach (InterfaceImplementation implemented in type.Interfaces)
        {
            CheckType(implemented.InterfaceType);
        }

        CheckAttributes(type);
        foreach (FieldDefinition field in type.Fields)
        {
            CheckField(field);
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            _where = property.FullName;
            CheckAttributes(property);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            CheckMethod(method);
        }

        foreach (TypeDefinition nested in type.NestedTypes)
        {
            CheckDefinition(nested);
        }
    }

    private void CheckField(FieldDefinition field)
    {
        _where = field.FullName;
        CheckAttributes(field);
        CheckType(field.FieldType);
        if (refuseMutableStatics && field.IsStatic && !field.IsInitOnly && !field.IsLiteral && !IsCompilerGenerated(field.DeclaringType))
        {
            Report("static field that can change (the simulated board runs Main again in the same process)");
        }
    }

    private void CheckMethod(MethodDefinition method)
    {
        _where = method.FullName;
        CheckAttributes(method);
        CheckAttributes(method.MethodReturnType);
        if (method.HasGenericParameters)
        {
            Report("generic method");
        }

        if (method.DeclaringType.IsInterface && method.HasBody)
        {
            Report("interface method with a body");
        }

        if (method.CustomAttributes.Any(attribute => FeatureAttributes.ContainsKey(attribute.AttributeType.FullName)))
        {
            // Reported by name; everything inside is the compiler's and would be reported many times over.
            return;
        }

        CheckType(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            CheckAttributes(parameter);
            CheckType(parameter.ParameterType);
        }

        if (method.HasBody)
        {
            CheckBody(method.Body);
        }
    }

    private void CheckBody(MethodBody body)
    {
        if (body.Variables.Count > MaxLocals)
        {
            Report($"{body.Variables.Count} local variables, more than {MaxLocals}");
        }

        foreach (VariableDefinition variable in body.Variables)
        {
            CheckType(variable.VariableType);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            if (handler.CatchType != null)
            {
                CheckType(handler.CatchType);
            }
        }

        foreach (Instruction instruction in body.Instructions)
        {
            CheckOperation(instruction.OpCode);
            CheckOperand(instruction.Operand);
        }
    }

    private void CheckOperation(OpCode operation)
    {
        string name = operation.Name;
        if (name.Contains(".ovf", StringComparison.Ordinal))
        {
            Report($"{name}: the interpreter ignores overflow checks");
        }

        if (operation.Code is Code.Localloc or Code.Calli or Code.Cpblk or Code.Initblk or Code.Mkrefany or Code.Refanyval or Code.Refanytype or Code.Arglist)
        {
            Report($"{name}: unsafe code");
        }

        if (refuseFloatingPoint && operation.Code is Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un)
        {
            Report($"{name}: floating point");
        }
    }

    private void CheckOperand(object? operand)
    {
        switch (operand)
        {
            case MethodReference method:
                CheckCall(method);
                break;
            case FieldReference field:
                CheckFieldUse(field);
                break;
            case TypeReference type:
                CheckType(type);
                break;
        }
    }

    private void CheckAttributes(ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            string name = attribute.AttributeType.FullName;
            if (FeatureAttributes.TryGetValue(name, out string? feature))
            {
                Report(feature);
            }
            else if (!OptionalAttributes.Contains(name) && !Origin.IsOwn(attribute.AttributeType) && !api.HasType(name))
            {
                Report($"attribute {name} is not on the device (the compiler would embed its own, which the metadata processor mixes up)");
            }
        }
    }

    private void CheckFieldUse(FieldReference field)
    {
        CheckType(field.DeclaringType);
        if (!Origin.IsOwn(field.DeclaringType) && api.HasType(DeviceName.Of(field.DeclaringType)))
        {
            string signature = $"{DeviceName.Of(field.DeclaringType)}::{field.Name}";
            if (api.Field(signature) == null)
            {
                Report($"field {signature} is not on the device");
            }
        }
    }

    private void CheckCall(MethodReference method)
    {
        if (method is GenericInstanceMethod)
        {
            Report($"call of the generic method {method.DeclaringType.FullName}::{method.Name}");
            return;
        }

        if (!CheckType(method.DeclaringType) || Origin.IsOwn(method.DeclaringType))
        {
            return;
        }

        string suffix = $"::{method.Name}({string.Join(',', method.Parameters.Select(parameter => DeviceName.OfPart(parameter.ParameterType, method)))})";
        IReadOnlyList<string> returns = [];
        for (TypeReference? type = method.DeclaringType; type != null && returns.Count == 0; type = BaseOf(type))
        {
            returns = api.Returns(DesktopForms.Method(DeviceName.Of(type) + suffix));
        }

        string expected = DeviceName.OfPart(method.ReturnType, method);
        if (returns.Count == 0)
        {
            Report($"method {DeviceName.Of(method.DeclaringType)}{suffix} is not on the device");
        }
        else if (!returns.Contains(expected))
        {
            Report($"method {DeviceName.Of(method.DeclaringType)}{suffix} returns {string.Join(" or ", returns)} on the device, not {expected}");
        }
    }

    /// <summary>Whether the type exists on the device; says so otherwise.</summary>
    private bool CheckType(TypeReference type)
    {
        switch (type)
        {
            case GenericParameter:
                // Reported where it is declared.
                return true;
            case ArrayType { Rank: > 1 }:
                Report($"multi-dimensional array {type.FullName}");
                return false;
            case PointerType or FunctionPointerType or PinnedType:
                Report($"pointer {type.FullName}");
                return false;
            case IModifierType modifier:
                return CheckType(modifier.ModifierType) && CheckType(modifier.ElementType);
            case ArrayType or ByReferenceType:
                return CheckType(((TypeSpecification)type).ElementType);
            case GenericInstanceType when DesktopForms.Type(type.FullName) == type.FullName:
                Report($"{(type.Namespace == "System" && type.Name.Contains("Tuple`", StringComparison.Ordinal) ? "tuple" : "generic type")} {type.FullName}");
                return false;
        }

        if (refuseFloatingPoint && type.FullName is "System.Single" or "System.Double")
        {
            Report($"{type.FullName}: floating point");
            return false;
        }

        if (Origin.IsOwn(type) || api.HasType(DeviceName.Of(type)))
        {
            return true;
        }

        Report($"type {type.FullName} is not on the device");
        return false;
    }

    /// <summary>The base type, null at the end or where the desktop's library is not at hand.</summary>
    private static TypeReference? BaseOf(TypeReference type)
    {
        try
        {
            return type.Resolve()?.BaseType;
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    private static bool IsStateMachine(TypeDefinition type) =>
        IsCompilerGenerated(type) && type.Interfaces.Any(implemented => implemented.InterfaceType.FullName is
            "System.Runtime.CompilerServices.IAsyncStateMachine" or "System.Collections.IEnumerator");

    private static bool IsCompilerGenerated(TypeDefinition type) =>
        type.Name.StartsWith('<') || type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute");
}
