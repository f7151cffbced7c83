# Index against GDP per head. file_points: GDP, score, code; one block a region, region_K
# its name. file_labels: x, y, name, placed so that none covers another.
unset title
set label 1 sprintf('%s against income, %d', index_name, year) at screen 0.5, screen 0.965 \
  center font ',14'
set lmargin screen 80.0 / width
set rmargin screen 1 - 30.0 / width
set tmargin screen 1 - 95.0 / height
set bmargin screen 75.0 / height
set logscale x 10
set xrange [x_low:x_high]; set yrange [y_low:y_high]
set xtics (200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000)
set xlabel axis_x
set ylabel 'score' offset 1,0
set key at screen 0.5, screen 0.935 center top horizontal maxrows 2 reverse Left samplen 1 font ',10'
plot for [k = 1:n_region] file_points using 1:2 index k - 1 with points pointtype 7 \
    pointsize 0.75 linecolor rgb colour(k) title value(sprintf('region_%d', k)), \
  file_labels using 1:2:(shown(stringcolumn(3))) with labels left font ',8.5' textcolor rgb '#333333' notitle
