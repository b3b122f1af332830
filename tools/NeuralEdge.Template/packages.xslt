<?xml version="1.0" encoding="utf-8"?>
<!-- The firmware's packages, and NeuralEdge's own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:param name="version" />

  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="/packages">
    <packages>
      <xsl:apply-templates />
      <xsl:text>  </xsl:text><package id="NeuralEdge.Networks" version="{$version}" targetFramework="netnano1.0" /><xsl:text>&#10;</xsl:text>
      <xsl:text>  </xsl:text><package id="NeuralEdge" version="{$version}" targetFramework="netnano1.0" /><xsl:text>&#10;</xsl:text>
      <xsl:text>  </xsl:text><package id="NeuralEdge.Board" version="{$version}" targetFramework="netnano1.0" /><xsl:text>&#10;</xsl:text>
      <xsl:text>  </xsl:text><package id="NeuralEdge.Turbo" version="{$version}" targetFramework="netnano1.0" /><xsl:text>&#10;</xsl:text>
    </packages>
  </xsl:template>
</xsl:stylesheet>
