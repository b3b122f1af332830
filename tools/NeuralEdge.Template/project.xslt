<?xml version="1.0" encoding="utf-8"?>
<!-- The firmware's project file for a folder of its own: packages where the repository has projects. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="http://schemas.microsoft.com/developer/msbuild/2003"
                xmlns="http://schemas.microsoft.com/developer/msbuild/2003" exclude-result-prefixes="m">
  <xsl:param name="version" />

  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="m:ProjectReference">
    <xsl:variable name="file" select="substring-before(@Include, '.nfproj')" />
    <xsl:variable name="name">
      <xsl:choose>
        <xsl:when test="contains($file, 'NeuralEdge.Networks\')">NeuralEdge.Networks</xsl:when>
        <xsl:when test="contains($file, 'NeuralEdge.Board\')">NeuralEdge.Board</xsl:when>
        <xsl:when test="contains($file, 'NeuralEdge.Turbo\')">NeuralEdge.Turbo</xsl:when>
        <xsl:when test="contains($file, 'NeuralEdge\')">NeuralEdge</xsl:when>
        <xsl:otherwise><xsl:message terminate="yes">A project that is no package: <xsl:value-of select="@Include" /></xsl:message></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <Reference Include="{$name}"><xsl:text>&#10;      </xsl:text>
      <HintPath>packages\<xsl:value-of select="$name" />.<xsl:value-of select="$version" />\lib\<xsl:value-of select="$name" />.dll</HintPath><xsl:text>&#10;      </xsl:text>
      <Private>True</Private><xsl:text>&#10;    </xsl:text>
    </Reference>
  </xsl:template>

  <xsl:template match="m:HintPath/text()[starts-with(., '..\..\packages\')]">
    <xsl:value-of select="substring(., 7)" />
  </xsl:template>

  <!-- Stands in for the platform's build where that is not installed; in the repository alone. -->
  <xsl:template match="m:Import[contains(@Project, 'NoNanoFramework.targets')]" />
</xsl:stylesheet>
